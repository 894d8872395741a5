using System.Net;
using RtpProxy.Daemon.Options;
using RtpProxy.Io.Net.Addresses;
using RtpProxy.Relay.Ports;

namespace RtpProxy.Daemon.Tests.Options;

public class BindAddressReaderTests
{
    private static readonly LocalAddress Inside = new(IPAddress.Parse("10.0.0.1"));
    private static readonly LocalAddress Outside = new(IPAddress.Parse("192.0.2.1"));

    [Fact]
    public void Without_arguments_it_is_the_wildcard_of_IPv4()
    {
        BindAddresses addresses = Read();

        addresses.Entries.ShouldBe([new LocalAddress(IPAddress.Any)]);
        addresses.Default.ShouldBe(new LocalAddress(IPAddress.Any));
        addresses.IsBridging.ShouldBeFalse();
    }

    [Fact]
    public void The_first_argument_of_the_line_is_the_default_whatever_its_family()
    {
        Read("-6", "::1", "-l", "x@10.0.0.1").Default.Address.ShouldBe(IPAddress.IPv6Loopback);
        Read("-6", "*").Default.Address.ShouldBe(IPAddress.IPv6Any);
    }

    [Fact]
    public void Labels_and_advertised_texts_are_taken_off()
    {
        Read("-l", "10.0.0.1=pub.example", "-l", "lan@192.0.2.1", "-l", "wan@192.0.2.1=a=b@c/d").Entries.ShouldBe(
        [
            Inside with { Advertised = "pub.example" },
            Outside with { Label = "lan" },
            Outside with { Label = "wan", Advertised = "a=b@c/d" },
        ]);
    }

    [Fact]
    public void A_slash_behind_the_equals_sign_is_no_bridge()
    {
        BindAddresses addresses = Read("-l", "10.0.0.1=198.51.100.1/10.0.0.2");

        addresses.IsBridging.ShouldBeFalse();
        addresses.Default.Advertised.ShouldBe("198.51.100.1/10.0.0.2");
    }

    [Fact]
    public void Names_are_resolved_unless_that_is_forbidden()
    {
        Read("-l", "inside.example").Default.ShouldBe(Inside);
        Read("-6", "inside.example").Default.Address.ShouldBe(IPAddress.Parse("2001:db8::1"));
        Fault("-l", "inside.example", "--no_resolve").ShouldBe("host2bindaddr(inside.example): Name or service not known");
    }

    [Theory]
    [InlineData("10.0.0.1", "192.0.2.1", "-l", "10.0.0.1/192.0.2.1")]
    [InlineData("10.0.0.1", "2001:db8::1", "-l", "10.0.0.1", "-6", "/2001:db8::1")]
    [InlineData("2001:db8::1", "10.0.0.1", "-l", "/10.0.0.1", "-6", "2001:db8::1")]
    [InlineData("0.0.0.0", "::", "-l", "*", "-6", "/::", "-l", "x@10.0.0.1")]
    [InlineData("::1", "::2", "-6", "::1/::2")]
    public void A_slash_makes_a_bridge(string inside, string outside, params string[] arguments)
    {
        BindAddresses addresses = Read(arguments);

        addresses.IsBridging.ShouldBeTrue();
        addresses.Internal!.Address.ShouldBe(IPAddress.Parse(inside));
        addresses.External!.Address.ShouldBe(IPAddress.Parse(outside));
        addresses.Default.ShouldBe(addresses.Internal);
    }

    [Fact]
    public void Further_addresses_of_a_bridge_have_labels()
    {
        Read("-l", "10.0.0.1/192.0.2.1", "-l", "x@10.0.0.9").Entries.ShouldBe(
            [Inside, Outside, new(IPAddress.Parse("10.0.0.9"), Label: "x")]);
    }

    [Fact]
    public void The_advertised_texts_of_a_bridge_are_those_of_its_sides()
    {
        BindAddresses addresses = Read("-l", "10.0.0.1/192.0.2.1", "-A", "in.example/out.example");

        addresses.Internal!.Advertised.ShouldBe("in.example");
        addresses.External!.Advertised.ShouldBe("out.example");
        addresses.Entries.ShouldBe([addresses.Internal, addresses.External]);
    }

    [Fact]
    public void Without_a_bridge_the_first_advertised_text_is_for_the_default_address()
    {
        Read("-l", "10.0.0.1", "-l", "x@192.0.2.1", "-A", "pub.example").Entries.ShouldBe(
            [Inside with { Advertised = "pub.example" }, Outside with { Label = "x" }]);
        Read("-l", "10.0.0.1=own.example", "-A", "pub.example").Default.Advertised.ShouldBe("own.example");
    }

    [Theory]
    [InlineData("address label is missing", "-l", "10.0.0.1", "-l", "192.0.2.1")]
    [InlineData("address label is missing", "-l", "10.0.0.1", "-6", "::1")]
    [InlineData("address label is missing", "-l", "10.0.0.1", "-l", "@192.0.2.1")]
    [InlineData("address label is missing", "-l", "10.0.0.1/192.0.2.1", "-l", "10.0.0.3")]
    [InlineData("host2bindaddr(192.0.2.1): duplicate label", "-l", "a@10.0.0.1", "-l", "a@192.0.2.1")]
    [InlineData("host2bindaddr(): Name or service not known", "-l", "")]
    [InlineData("host2bindaddr(nope): Name or service not known", "-l", "nope")]
    [InlineData("host2bindaddr(): Name or service not known", "-l", "10.0.0.1/")]
    [InlineData("incomplete configuration of the bridging mode - exactly 2 listen addresses required", "-l", "/10.0.0.1")]
    [InlineData("either IPv4 or IPv6 should be configured for external interface in bridging mode, not both", "-l", "10.0.0.1/192.0.2.1", "-6", "/::1")]
    [InlineData("either IPv4 or IPv6 should be configured for internal interface in bridging mode, not both", "-l", "10.0.0.1/192.0.2.1", "-6", "::1")]
    [InlineData("bridging address(es) cannot have a label", "-l", "a@10.0.0.1/192.0.2.1")]
    [InlineData("bridging address(es) cannot have an advertizedaddress, use matching -A argument", "-l", "10.0.0.1/192.0.2.1=x")]
    [InlineData("only the first IPv4 listening address can have external part", "-l", "10.0.0.1", "-l", "a@10.0.0.1/192.0.2.1")]
    [InlineData("only the first IPv6 listening address can have external part", "-6", "::1", "-6", "a@::1/::2")]
    [InlineData("two advertised addresses are required for internal and external interfaces in bridging mode", "-l", "10.0.0.1/192.0.2.1", "-A", "x")]
    public void A_wrong_address_is_named(string text, params string[] arguments) => Fault(arguments).ShouldBe(text);

    [Fact]
    public void There_are_sixteen_addresses_at_most()
    {
        string[] Labelled(int count) => [.. Enumerable.Range(0, count).SelectMany(i => new[] { "-l", $"{i}@10.0.0.1" })];

        Read(Labelled(16)).Entries.Length.ShouldBe(16);
        Fault(Labelled(17)).ShouldBe("number of listening addresses exceeds BINDARG_MAX");
    }

    private static BindAddresses Read(params string[] arguments)
    {
        StartFault? fault = BindAddressReader.Read(CommandLine.Options(arguments), new KnownNames(), out BindAddresses? addresses);
        fault?.Lines.ShouldBeEmpty();
        return addresses.ShouldNotBeNull();
    }

    private static string Fault(params string[] arguments)
    {
        StartFault fault = BindAddressReader
            .Read(CommandLine.Options(arguments), new KnownNames(), out BindAddresses? addresses).ShouldNotBeNull();
        addresses.ShouldBeNull();
        fault.Lines.Count.ShouldBe(2);
        fault.Lines[1].ShouldBe("init_config_bail: init_bindaddrs() failed");
        fault.Lines[0].ShouldStartWith("init_bindaddrs: ");
        return fault.Lines[0]["init_bindaddrs: ".Length..];
    }
}
