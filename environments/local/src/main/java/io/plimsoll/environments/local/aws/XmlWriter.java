package io.plimsoll.environments.local.aws;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** Writes responses and errors as AWS's XML. */
final class XmlWriter {
    private static final XMLOutputFactory FACTORY = XMLOutputFactory.newDefaultFactory();

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final XMLStreamWriter xml;

    private XmlWriter() throws XMLStreamException {
        xml = FACTORY.createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
    }

    private interface Content {
        void write(XmlWriter writer) throws XMLStreamException;
    }

    /** An AWS Query response. */
    static byte[] query(String operation, String namespace, SdkPojo response, String requestId) {
        return document(writer -> writer.root(operation + "Response", namespace, () -> {
            writer.element(operation + "Result", () -> writer.fields(response));
            writer.element("ResponseMetadata", () -> writer.text("RequestId", requestId));
        }));
    }

    /** An EC2 Query response. */
    static byte[] ec2(String operation, String namespace, SdkPojo response, String requestId) {
        return document(writer -> writer.root(operation + "Response", namespace, () -> {
            writer.text("requestId", requestId);
            writer.fields(response);
        }));
    }

    /** An AWS Query error. */
    static byte[] queryError(AwsFault fault, String requestId) {
        return document(writer -> writer.element("ErrorResponse", () -> {
            writer.element("Error", () -> {
                writer.text("Type", fault.httpStatus() < 500 ? "Sender" : "Receiver");
                writer.text("Code", fault.code());
                writer.text("Message", fault.sentence());
            });
            writer.text("RequestId", requestId);
        }));
    }

    /** An EC2 Query error. */
    static byte[] ec2Error(AwsFault fault, String requestId) {
        return document(writer -> writer.element("Response", () -> {
            writer.element(
                    "Errors",
                    () -> writer.element("Error", () -> {
                        writer.text("Code", fault.code());
                        writer.text("Message", fault.sentence());
                    }));
            writer.text("RequestID", requestId);
        }));
    }

    /** A REST-XML response: its members that belong to the body. */
    static byte[] rest(String root, String namespace, SdkPojo response) {
        return document(writer -> writer.root(root, namespace, () -> writer.fields(response)));
    }

    /**
     * A REST-XML error.
     *
     * @param plain whether the error is the root
     */
    static byte[] restError(AwsFault fault, String requestId, boolean plain) {
        if (plain) {
            return document(writer -> writer.element("Error", () -> {
                writer.text("Code", fault.code());
                writer.text("Message", fault.sentence());
                writer.text("RequestId", requestId);
            }));
        }
        return queryError(fault, requestId);
    }

    private static byte[] document(Content content) {
        try {
            XmlWriter writer = new XmlWriter();
            writer.xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
            content.write(writer);
            writer.xml.writeEndDocument();
            writer.xml.close();
            return writer.bytes.toByteArray();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a response cannot be written as XML: " + e.getMessage(), e);
        }
    }

    private interface Body {
        void write() throws XMLStreamException;
    }

    private void root(String name, String namespace, Body body) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeDefaultNamespace(namespace);
        body.write();
        xml.writeEndElement();
    }

    private void element(String name, Body body) throws XMLStreamException {
        xml.writeStartElement(name);
        body.write();
        xml.writeEndElement();
    }

    private void text(String name, String text) throws XMLStreamException {
        element(name, () -> xml.writeCharacters(text));
    }

    private void fields(SdkPojo pojo) throws XMLStreamException {
        for (SdkField<?> field : pojo.sdkFields()) {
            Object value = field.getValueOrDefault(pojo);
            if (value != null && field.location() == MarshallLocation.PAYLOAD) {
                value(field.unmarshallLocationName(), field, value);
            }
        }
    }

    private void value(String name, SdkField<?> field, Object value) throws XMLStreamException {
        if (value instanceof SdkPojo nested) {
            element(name, () -> fields(nested));
        } else if (value instanceof List<?> list) {
            list(name, field.getRequiredTrait(ListTrait.class), list);
        } else if (value instanceof Map<?, ?> map) {
            map(name, field.getRequiredTrait(MapTrait.class), map);
        } else {
            text(name, Scalars.text(value));
        }
    }

    private void list(String name, ListTrait trait, List<?> list) throws XMLStreamException {
        if (list instanceof SdkAutoConstructList) {
            return;
        }
        SdkField<?> member = trait.memberFieldInfo();
        if (trait.isFlattened()) {
            for (Object each : list) {
                value(name, member, each);
            }
            return;
        }
        element(name, () -> {
            for (Object each : list) {
                value(member.unmarshallLocationName(), member, each);
            }
        });
    }

    private void map(String name, MapTrait trait, Map<?, ?> map) throws XMLStreamException {
        if (map instanceof SdkAutoConstructMap) {
            return;
        }
        element(name, () -> {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                element("entry", () -> {
                    text(trait.keyLocationName(), String.valueOf(entry.getKey()));
                    value(trait.valueLocationName(), trait.valueFieldInfo(), entry.getValue());
                });
            }
        });
    }
}
