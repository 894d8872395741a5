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
