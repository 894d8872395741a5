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
        List<string> warnings = [];
        Read(warnings, "-l", "10.0.0.1=pub.example", "-l", "lan@192.0.2.1", "-l", "wan@192.0.2.1=a=b@c/d").Entries.ShouldBe(
        [
            Inside with { Advertised = "pub.example" },
            Outside with { Label = "lan" },
            Outside with { Label = "wan", Advertised = "a=b@c/d" },
        ]);
        warnings.ShouldBe(["-l is 'wan@192.0.2.1=a=b@c/d', but 'a=b@c/d' is neither; expected an address, or the name of a host"]);
    }

    [Fact]
    public void Only_in_an_address_is_an_exclamation_mark_that_of_rtpengine()
    {
        Read("-l", "a!b@10.0.0.1").Default.Label.ShouldBe("a!b");
        Fault("-l", "a!b@10.0.0.1!198.51.100.1").ShouldContain("that is how rtpengine writes it; expected -l a!b@10.0.0.1=198.51.100.1");
    }

    [Fact]
    public void A_slash_behind_the_equals_sign_is_no_bridge()
    {
        List<string> warnings = [];
        BindAddresses addresses = Read(warnings, "-l", "10.0.0.1=198.51.100.1/10.0.0.2");

        addresses.IsBridging.ShouldBeFalse();
        addresses.Default.Advertised.ShouldBe("198.51.100.1/10.0.0.2");
        warnings.ShouldHaveSingleItem().ShouldContain("'198.51.100.1/10.0.0.2' is neither");
    }

    [Fact]
    public void Names_are_resolved_unless_that_is_forbidden()
    {
        Read("-l", "inside.example").Default.ShouldBe(Inside);
        Read("-6", "inside.example").Default.Address.ShouldBe(IPAddress.Parse("2001:db8::1"));
        Fault("-l", "inside.example", "--no_resolve").ShouldBe(
            "-l is 'inside.example', but for 'inside.example' the answer is: Name or service not known; "
            + "expected an IPv4 address of this host, a name of one, or *");
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
    public void An_interface_may_have_an_address_of_each_family()
    {
        Read("-l", "a@10.0.0.1", "-6", "a@::1", "-l", "b@192.0.2.1").Entries.ShouldBe(
            [Inside with { Label = "a" }, new(IPAddress.IPv6Loopback, Label: "a"), Outside with { Label = "b" }]);
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
    [InlineData(
        "-l is '192.0.2.1', but it is not the first address, and has no label; expected a label, by which commands choose the address, as in -l NAME@192.0.2.1",
        "-l", "10.0.0.1", "-l", "192.0.2.1")]
    [InlineData(
        "--listen6 is '::1', but it is not the first address, and has no label; expected a label, by which commands choose the address, as in -6 NAME@::1; or, to relay between the two families, -6 /::1",
        "-l", "10.0.0.1", "--listen6", "::1")]
    [InlineData(
        "-l is '@192.0.2.1', but it is not the first address, and has no label; expected a label, by which commands choose the address, as in -l NAME@192.0.2.1",
        "-l", "10.0.0.1", "-l", "@192.0.2.1")]
    [InlineData(
        "-l is '10.0.0.3', but it is not the first address, and has no label; expected a label, by which commands choose the address, as in -l NAME@10.0.0.3",
        "-l", "10.0.0.1/192.0.2.1", "-l", "10.0.0.3")]
    [InlineData(
        "-l is 'a@192.0.2.1', but the label 'a' is given before it; expected a label of its own for each IPv4 address",
        "-l", "a@10.0.0.1", "-l", "a@192.0.2.1")]
    [InlineData(
        "-l is '', but no address is named; expected an IPv4 address of this host, a name of one, or *",
        "-l", "")]
    [InlineData(
        "-l is 'nope', but for 'nope' the answer is: Name or service not known; expected an IPv4 address of this host, a name of one, or *",
        "-l", "nope")]
    [InlineData(
        "-l is '10.0.0.1/', but no address is named; expected an IPv4 address of this host, a name of one, or *",
        "-l", "10.0.0.1/")]
    [InlineData(
        "-l is '10.0.0.1/24', but 24 is the length of a network, and no address; expected 10.0.0.1 alone, or INTERNAL/EXTERNAL",
        "-l", "10.0.0.1/24")]
    [InlineData(
        "-6 is '::1/128', but 128 is the length of a network, and no address; expected ::1 alone, or INTERNAL/EXTERNAL",
        "-6", "::1/128")]
    [InlineData(
        "-l is '/10.0.0.1', but an internal address is missing; expected INTERNAL/EXTERNAL",
        "-l", "/10.0.0.1")]
    [InlineData(
        "-6 is '/::1', but -l is '10.0.0.1/192.0.2.1', which has an external address too; expected one internal and one external address in all, of either family",
        "-l", "10.0.0.1/192.0.2.1", "-6", "/::1")]
    [InlineData(
        "-6 is '::1', but -l is '10.0.0.1/192.0.2.1', which has an internal address too; expected one internal and one external address in all, of either family",
        "-l", "10.0.0.1/192.0.2.1", "-6", "::1")]
    [InlineData(
        "-l is 'a@10.0.0.1/192.0.2.1', but it is an address of the bridge; expected no label, as commands choose by direction",
        "-l", "a@10.0.0.1/192.0.2.1")]
    [InlineData(
        "-l is '10.0.0.1/192.0.2.1=x', but it is an address of the bridge; expected -A INTERNAL/EXTERNAL for what is advertised",
        "-l", "10.0.0.1/192.0.2.1=x")]
    [InlineData(
        "-l is 'a@10.0.0.1/192.0.2.1', but only the first IPv4 address can have an external half behind a slash; expected 10.0.0.1 alone, with a label",
        "-l", "10.0.0.1", "-l", "a@10.0.0.1/192.0.2.1")]
    [InlineData(
        "-6 is 'a@::1/::2', but only the first IPv6 address can have an external half behind a slash; expected ::1 alone, with a label",
        "-6", "::1", "-6", "a@::1/::2")]
    [InlineData(
        "-A is 'x', but there is an internal and an external address; expected A1/A2, a text for each",
        "-l", "10.0.0.1/192.0.2.1", "-A", "x")]
    [InlineData(
        "-l is '10.0.0.1=', but a text to show is empty; expected an address, or another text without blanks, to be shown in replies",
        "-l", "10.0.0.1=")]
    public void A_wrong_address_is_told_with_its_option_and_what_was_expected(string text, params string[] arguments) =>
        Fault(arguments).ShouldBe(text);

    [Fact]
    public void There_are_sixteen_addresses_at_most()
    {
        string[] Labelled(int count) => [.. Enumerable.Range(0, count).SelectMany(i => new[] { "-l", $"{i}@10.0.0.1" })];

        Read(Labelled(16)).Entries.Length.ShouldBe(16);
        Fault(Labelled(17)).ShouldBe("-l is '16@10.0.0.1', but so many are given before it; expected at most 16 addresses");
    }

    [Fact]
    public void An_address_that_may_come_later_is_warned_of()
    {
        List<string> warnings = [];
        Read(warnings, "-l", "10.0.0.1", "--listen", "vip@203.0.113.1").Entries.Length.ShouldBe(2);

        warnings.ShouldBe([
            "--listen is 'vip@203.0.113.1', and 203.0.113.1 is no address of this host now: no call has media there until it is one"]);
    }

    private static BindAddresses Read(params string[] arguments)
    {
        List<string> warnings = [];
        BindAddresses addresses = Read(warnings, arguments);
        warnings.ShouldBeEmpty();
        return addresses;
    }

    private static BindAddresses Read(List<string> warnings, params string[] arguments)
    {
        RunDaemon run = CommandLine.Run(arguments);
        BindAddressReader.Read(run.Options, run.Settings, new KnownNames(), warnings, out BindAddresses? addresses)?.Lines.ShouldBeEmpty();
        return addresses.ShouldNotBeNull();
    }

    private static string Fault(params string[] arguments)
    {
        RunDaemon run = CommandLine.Run(arguments);
        string line = BindAddressReader.Read(run.Options, run.Settings, new KnownNames(), [], out BindAddresses? addresses)
            .ShouldNotBeNull().Lines.ShouldHaveSingleItem();
        addresses.ShouldBeNull();
        line.ShouldStartWith("rtpproxy: ");
        return line["rtpproxy: ".Length..];
    }
}
