package io.plimsoll.environments.local.balancer;

import io.undertow.client.ClientCallback;
import io.undertow.client.ClientConnection;
import io.undertow.client.ClientExchange;
import io.undertow.client.ClientRequest;
import io.undertow.client.ClientResponse;
import io.undertow.client.ContinueNotification;
import io.undertow.client.PushCallback;
import io.undertow.util.AttachmentKey;
import io.undertow.util.AttachmentList;
import io.undertow.util.Headers;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.channels.StreamSourceChannel;

/** One request to a target that tells when its answer arrives, once the target's uplink has sent it. All else is the exchange's own. */
final class ObservedExchange implements ClientExchange {
    private final ClientExchange exchange;
    /** Bytes of an answer's head, or thereabouts. */
    private static final int HEAD = 200;

    private final Runnable onResponse;
    private final Optional<Uplink> uplink;

    ObservedExchange(ClientExchange exchange, Runnable onResponse, Optional<Uplink> uplink) {
        this.exchange = exchange;
        this.onResponse = onResponse;
        this.uplink = uplink;
    }

    @Override
    public void setResponseListener(ClientCallback<ClientExchange> listener) {
        exchange.setResponseListener(new ClientCallback<>() {
            @Override
            public void completed(ClientExchange result) {
                long nanos = uplink.map(limited -> limited.send(bytes(result.getResponse())))
                        .orElse(0L);
                if (nanos == 0) {
                    arrived(result, listener);
                } else {
                    result.getConnection()
                            .getIoThread()
                            .executeAfter(() -> arrived(result, listener), nanos, TimeUnit.NANOSECONDS);
                }
            }

            @Override
            public void failed(IOException e) {
                listener.failed(e);
            }
        });
    }

    private void arrived(ClientExchange result, ClientCallback<ClientExchange> listener) {
        onResponse.run();
        listener.completed(result);
    }

    private static long bytes(ClientResponse response) {
        String length = response.getResponseHeaders().getFirst(Headers.CONTENT_LENGTH);
        return HEAD + (length == null ? 0 : Long.parseLong(length));
    }

    @Override
    public void setContinueHandler(ContinueNotification handler) {
        exchange.setContinueHandler(handler);
    }

    @Override
    public void setPushHandler(PushCallback callback) {
        exchange.setPushHandler(callback);
    }

    @Override
    public StreamSinkChannel getRequestChannel() {
        return exchange.getRequestChannel();
    }

    @Override
    public StreamSourceChannel getResponseChannel() {
        return exchange.getResponseChannel();
    }

    @Override
    public ClientRequest getRequest() {
        return exchange.getRequest();
    }

    @Override
    public ClientResponse getResponse() {
        return exchange.getResponse();
    }

    @Override
    public ClientResponse getContinueResponse() {
        return exchange.getContinueResponse();
    }

    @Override
    public ClientConnection getConnection() {
        return exchange.getConnection();
    }

    @Override
    public <T> T getAttachment(AttachmentKey<T> key) {
        return exchange.getAttachment(key);
    }

    @Override
    public <T> List<T> getAttachmentList(AttachmentKey<? extends List<T>> key) {
        return exchange.getAttachmentList(key);
    }

    @Override
    public <T> T putAttachment(AttachmentKey<T> key, T value) {
        return exchange.putAttachment(key, value);
    }

    @Override
    public <T> T removeAttachment(AttachmentKey<T> key) {
        return exchange.removeAttachment(key);
    }

    @Override
    public <T> void addToAttachmentList(AttachmentKey<AttachmentList<T>> key, T value) {
        exchange.addToAttachmentList(key, value);
    }
}
