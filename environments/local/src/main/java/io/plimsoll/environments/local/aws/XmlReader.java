package io.plimsoll.environments.local.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/** Fills a request from the XML body of a REST-XML request. */
final class XmlReader {
    private XmlReader() {}

    /** Sets every field of the body that the document names. */
    static void fill(byte[] document, SdkPojo builder) {
        fill(parse(document), builder);
    }

    /** No document type, hence neither entities nor anything from elsewhere. */
    private static Element parse(byte[] document) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setNamespaceAware(true);
            var parser = factory.newDocumentBuilder();
            parser.setErrorHandler(null);
            return parser.parse(new ByteArrayInputStream(document)).getDocumentElement();
        } catch (SAXException | IOException e) {
            throw AwsFault.badRequest("MalformedXML", "The XML you provided was not well-formed: " + e.getMessage());
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("this Java has no safe XML parser", e);
        }
    }

    private static void fill(Element element, SdkPojo builder) {
        for (SdkField<?> field : builder.sdkFields()) {
            if (field.location() == MarshallLocation.PAYLOAD) {
                List<Element> named = children(element, field.locationName());
                if (!named.isEmpty()) {
                    field.set(builder, value(field, named));
                }
            }
        }
    }

    private static Object value(SdkField<?> field, List<Element> elements) {
        MarshallingKnownType type = field.marshallingType().getKnownType();
        Element first = elements.get(0);
        if (type == MarshallingKnownType.LIST) {
            ListTrait trait = field.getRequiredTrait(ListTrait.class);
            SdkField<?> member = trait.memberFieldInfo();
            List<Element> members = trait.isFlattened() ? elements : children(first, member.locationName());
            List<Object> values = new ArrayList<>();
            members.forEach(each -> values.add(value(member, List.of(each))));
            return values;
        }
        if (type == MarshallingKnownType.MAP) {
            return map(field.getRequiredTrait(MapTrait.class), children(first, "entry"));
        }
        if (type == MarshallingKnownType.SDK_POJO) {
            SdkPojo nested = field.constructor().get();
            fill(first, nested);
            return ((Buildable) nested).build();
        }
        return Scalars.parse(field.locationName(), type, first.getTextContent());
    }

    private static Map<String, Object> map(MapTrait trait, List<Element> entries) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Element entry : entries) {
            List<Element> key = children(entry, trait.keyLocationName());
            List<Element> value = children(entry, trait.valueLocationName());
            if (key.isEmpty() || value.isEmpty()) {
                throw AwsFault.badRequest("MalformedXML", "An entry must have a key and a value");
            }
            values.put(key.get(0).getTextContent(), value(trait.valueFieldInfo(), value));
        }
        return values;
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> children = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element && name.equals(element.getLocalName())) {
                children.add(element);
            }
        }
        return children;
    }
}
