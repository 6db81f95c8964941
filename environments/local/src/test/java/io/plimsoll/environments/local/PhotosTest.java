package io.plimsoll.environments.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.environments.local.photos.Pictures;
import io.plimsoll.environments.local.photos.Thumbnail;
import io.plimsoll.environments.local.process.Await;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.Event;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Photos of stage 6 from outside: uploads, workers, the queue and its dead letters. */
class PhotosTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path temporary;

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private static String upload(RunningStack stack, byte[] picture) {
        HttpResponse<byte[]> answer = stack.post("/photos", picture);
        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(201);
        return text(answer).replaceAll("\\D", "");
    }

    @Test
    void uploadsBecomeThumbnailsAlsoAcrossAStopOfTheWorkersAndPoisonBecomesADeadLetter() throws IOException {
        try (RunningStack stack = RunningStack.startStage("distributed-data", temporary, "stack.service.items=50");
                CloudWatchClient metrics = stack.aws(CloudWatchClient.builder()).build();
                CloudTrailClient trail = stack.aws(CloudTrailClient.builder()).build();
                SqsClient sqs = stack.aws(SqsClient.builder()).build()) {
            byte[] picture = Pictures.of("jpeg", 640, 480);
            String first = upload(stack, picture);
            assertThat(stack.get("/photos/" + first).body()).isEqualTo(picture);
            HttpResponse<byte[]> thumbnail = thumbnail(stack, first);
            assertThat(thumbnail.headers().firstValue("Content-Type")).hasValue("image/jpeg");
            BufferedImage small = ImageIO.read(new ByteArrayInputStream(thumbnail.body()));
            assertThat(small.getWidth()).isEqualTo(Thumbnail.LONGEST_SIDE);

            stack.disturb("stop-workers");
            List<String> waiting = IntStream.range(0, 5)
                    .mapToObj(number -> upload(stack, Pictures.of("png", 200 + number, 100)))
                    .toList();
            awaitMetric(metrics, "plimsoll-photos", "ApproximateNumberOfMessagesVisible", 5);
            awaitMetric(metrics, "plimsoll-photos", "ApproximateAgeOfOldestMessage", 2);
            assertThat(stack.get("/photos/" + waiting.get(4) + "/thumbnail").statusCode())
                    .isEqualTo(404);
            stack.disturb("fill-queue?messages=20");
            stack.disturb("start-workers");
            waiting.forEach(photo -> thumbnail(stack, photo));

            String url = sqs.getQueueUrl(request -> request.queueName("plimsoll-photos"))
                    .queueUrl();
            assertThat(sqs.getQueueAttributes(request -> request.queueUrl(url).attributeNames(QueueAttributeName.ALL))
                            .attributes()
                            .get(QueueAttributeName.REDRIVE_POLICY))
                    .contains("arn:aws:sqs:us-east-1:000000000000:plimsoll-photos-dlq");

            stack.disturb("poison-message");
            awaitMetric(metrics, "plimsoll-photos-dlq", "ApproximateNumberOfMessagesVisible", 1);
            assertThat(sum(metrics, "plimsoll-photos", "NumberOfMessagesSent")).isEqualTo(1 + 5 + 20 + 1);
            assertThat(Await.until(
                            () -> sum(metrics, "plimsoll-photos", "NumberOfMessagesDeleted") == 1 + 5 + 20, LIMIT))
                    .isTrue();
            assertThat(sum(metrics, "plimsoll-photos-dlq", "NumberOfMessagesSent"))
                    .isZero();
            assertThat(trail.lookupEvents(request -> {}).events())
                    .extracting(Event::eventName)
                    .contains("stop-workers", "fill-queue", "start-workers", "poison-message");

            assertThat(stack.post("/photos", "hello".getBytes(StandardCharsets.UTF_8))
                            .statusCode())
                    .isEqualTo(415);
            assertThat(stack.post("/photos", new byte[600 << 10]).statusCode()).isEqualTo(413);
        }
    }

    private static HttpResponse<byte[]> thumbnail(RunningStack stack, String photo) {
        String path = "/photos/" + photo + "/thumbnail";
        assertThat(Await.until(() -> stack.get(path).statusCode() == 200, LIMIT))
                .as(path)
                .isTrue();
        return stack.get(path);
    }

    private static void awaitMetric(CloudWatchClient metrics, String queue, String metric, double least) {
        assertThat(Await.until(() -> values(metrics, queue, metric).stream().anyMatch(value -> value >= least), LIMIT))
                .as("%s of %s: %s", metric, queue, values(metrics, queue, metric))
                .isTrue();
    }

    private static double sum(CloudWatchClient metrics, String queue, String metric) {
        return values(metrics, queue, metric).stream()
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    private static List<Double> values(CloudWatchClient metrics, String queue, String metric) {
        return MetricReads.values(metrics, "AWS/SQS", metric, "QueueName", queue, "Maximum");
    }
}
