package io.plimsoll.environments.local.aws;

import static io.plimsoll.environments.local.aws.EndpointFixture.GROUP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.InstanceStatus;
import software.amazon.awssdk.services.ec2.model.SummaryStatus;
import software.amazon.awssdk.services.lambda.LambdaClient;

@SuppressWarnings("unchecked") // the SDK's builders take several consumers of generic types
class ComputeCatalogueTest {
    private final EndpointFixture fixture = new EndpointFixture();
    private final Ec2Client ec2 = fixture.client(Ec2Client.builder());

    @AfterEach
    void close() {
        ec2.close();
        fixture.close();
    }

    @Test
    void zonesAndTheLaunchTemplateOfTheGroupAreTold() {
        fixture.scaledOut();

        assertThat(ec2.describeAvailabilityZones().availabilityZones())
                .extracting(AvailabilityZone::zoneName)
                .containsExactly("us-east-1a", "us-east-1b");
        String template;
        try (AutoScalingClient scaling = fixture.client(AutoScalingClient.builder())) {
            template = scaling.describeAutoScalingGroups(r -> r.autoScalingGroupNames(GROUP))
                    .autoScalingGroups()
                    .get(0)
                    .launchTemplate()
                    .launchTemplateId();
        }
        assertThat(ec2.describeLaunchTemplates(r -> r.launchTemplateIds(template))
                        .launchTemplates()
                        .get(0)
                        .launchTemplateName())
                .isEqualTo(GROUP);
        String image = ec2.describeLaunchTemplateVersions(r -> r.launchTemplateName(GROUP))
                .launchTemplateVersions()
                .get(0)
                .launchTemplateData()
                .imageId();
        assertThat(ec2.describeImages(r -> r.imageIds(image)).images()).hasSize(1);
        assertThatThrownBy(() -> ec2.describeImages(r -> r.imageIds("ami-0")))
                .hasMessageContaining("The image id '[ami-0]' does not exist");
        assertThatThrownBy(() -> ec2.describeLaunchTemplateVersions(r -> r.launchTemplateId("lt-0")))
                .hasMessageContaining("The specified launch template, with template ID lt-0, does not exist.");
        assertThat(ec2.describeNatGateways().natGateways()).isEmpty();
    }

    @Test
    void statusIsThatOfRunningInstancesUnlessAllAreAskedFor() {
        fixture.scaledOut();
        String ended = fixture.estate.running().get(0);
        fixture.estate.terminate(ended);

        assertThat(ec2.describeInstanceStatus().instanceStatuses())
                .hasSize(1)
                .allSatisfy(
                        status -> assertThat(status.instanceStatus().status()).isEqualTo(SummaryStatus.OK));
        assertThat(ec2.describeInstanceStatus(r -> r.includeAllInstances(true)).instanceStatuses())
                .extracting(InstanceStatus::instanceId)
                .contains(ended)
                .hasSize(2);
    }

    @Test
    void tagsAreFoundByKeyAndValue() {
        fixture.scaledOut();

        assertThat(ec2.describeTags(r -> r.filters(f -> f.name("tag:tier").values("app")))
                        .tags())
                .hasSize(2);
        assertThat(ec2.describeTags(r -> r.filters(
                                f -> f.name("key").values("tier"),
                                f -> f.name("value").values("web")))
                        .tags())
                .isEmpty();
        assertThatThrownBy(() ->
                        ec2.describeTags(r -> r.filters(f -> f.name("mood").values("x"))))
                .hasMessageContaining("The filter 'mood' is invalid");
    }

    @Test
    void thereIsNoFunction() {
        try (LambdaClient lambda = fixture.client(LambdaClient.builder())) {
            assertThat(lambda.listFunctions().functions()).isEmpty();
        }
    }
}
