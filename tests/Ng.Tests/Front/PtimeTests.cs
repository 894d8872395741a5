using System.Text;
using RtpProxy.Protocols.Ng.Tests.Sdp;

namespace RtpProxy.Protocols.Ng.Tests.Front;

/// <summary><c>ptime</c> and <c>ptime-reverse</c> of an offer, in what both parties are told (ng protocol).</summary>
public sealed class PtimeTests
{
    private static readonly string Description =
        Bodies.Crlf(Bodies.Audio + "a=ptime:20\n").Replace("\r\n", "\\r\\n", StringComparison.Ordinal);

    private readonly WholeRelay _relay = new();

    [Fact]
    public void The_answerer_is_told_the_one_and_the_offerer_the_other()
    {
        Offer("\"ptime\":30,\"ptime-reverse\":\"40\",").ShouldContain("a=ptime:30\\r\\n");

        Answer("").ShouldContain("a=ptime:40\\r\\n");
    }

    [Fact]
    public void What_the_answer_wants_goes_first()
    {
        Offer("\"ptime-reverse\":40,").ShouldContain("a=ptime:20\\r\\n");

        Answer("\"ptime\":60,").ShouldContain("a=ptime:60\\r\\n");
    }

    [Fact]
    public void More_than_999_is_as_if_nothing_was_said()
    {
        Offer("\"ptime\":1000,\"ptime-reverse\":1000,").ShouldContain("a=ptime:20\\r\\n");

        Answer("").ShouldContain("a=ptime:20\\r\\n");
    }

    private string Offer(string options) => Ask($$"""{"command":"offer","call-id":"c","from-tag":"a",{{options}}"sdp":"{{Description}}"}""");

    private string Answer(string options) =>
        Ask($$"""{"command":"answer","call-id":"c","from-tag":"a","to-tag":"b",{{options}}"sdp":"{{Description}}"}""");

    private string Ask(string dictionary) => Encoding.Latin1.GetString(_relay.Answer(Encoding.Latin1.GetBytes("1 " + dictionary))!);
}
