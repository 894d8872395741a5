using RtpProxy.Controller.Relays;

namespace RtpProxy.Controller.Tests.Relays;

public sealed class RelaySetDefinitionTests
{
    [Theory]
    [InlineData("udp:a:1", 0, "udp:a:1*1")]
    [InlineData("udp:a:1 udp:b:2=5", 0, "udp:a:1*1 udp:b:2*5")]
    [InlineData("1 == udp:a:1", 1, "udp:a:1*1")]
    [InlineData("7==udp:a:1=0\tunix:/x=3 ", 7, "udp:a:1*0 unix:/x*3")]
    [InlineData("", 0, "")]
    [InlineData("2 ==", 2, "")]
    public void A_value_of_rtpproxy_sock_is_read(string value, int id, string nodes)
    {
        RelaySetDefinition set = RelaySetDefinition.Parse(value);

        set.Id.ShouldBe(id);
        string.Join(' ', set.Nodes.Select(node => $"{node.Address.Url}*{node.Weight}")).ShouldBe(nodes);
    }

    [Theory]
    [InlineData("udp:a:1|203.0.113.8=2", "udp:a:1", 2, "203.0.113.8")]
    [InlineData("udp6:::1:22222|2001:db8::8", "udp6:::1:22222", 1, "2001:db8::8")]
    [InlineData("unix:/x", "unix:/x", 1, null)]
    public void The_address_to_advertise_stands_behind_a_bar(string value, string url, int weight, string? advertised)
    {
        RelayNodeDefinition node = RelaySetDefinition.Parse(value).Nodes.Single();

        (node.Address.Url, node.Weight, node.Advertised?.ToString()).ShouldBe((url, weight, advertised));
    }

    [Theory]
    [InlineData("udp:a:1|", "'' behind its bar")]
    [InlineData("udp:a:1|relay.example.com", "expected the IP address to advertise")]
    [InlineData("x == udp:a:1", "'x' is no set number")]
    [InlineData("-1 == udp:a:1", "'-1' is no set number")]
    [InlineData(" == udp:a:1", "'' is no set number")]
    [InlineData("udp:a:1=x", "the weight 'x'")]
    [InlineData("udp:a:1=-1", "the weight '-1'")]
    [InlineData("udp:a:99999", "expected 1 to 65535")]
    public void A_bad_value_is_refused_with_the_word_at_fault(string value, string message)
    {
        RelaySetDefinition.TryParse(value, out _, out string? error).ShouldBeFalse();

        error.ShouldNotBeNull().ShouldContain(message);
    }
}
