using System.Text;
using RtpProxy.Protocols.Ng.Tests.Fuzz;
using RtpProxy.Protocols.Ng.Tests.Recorded;
using RtpProxy.Protocols.Ng.Tests.Sdp;

namespace RtpProxy.Protocols.Ng.Tests.Front;

/// <summary>Requests that are damaged or far too large, at a relay that has a call: they are answered, and the call is as it was.</summary>
public sealed class HostileRequestTests
{
    private const int MostAllocated = 8_000_000; // of a request of 64 KiB, bytes

    private static readonly string Description = Bodies.Crlf(Bodies.Audio);

    private readonly WholeRelay _relay = new();

    public HostileRequestTests()
    {
        Ask(Offer("call")).ShouldStartWith("1 d6:result2:ok");
        Ask("""{"command":"answer","call-id":"call","from-tag":"a","to-tag":"b","sdp":"SDP"}""".Replace("SDP", Description.ReplaceLineEndings("\\r\\n")))
            .ShouldContain("\"result\":\"ok\"");
    }

    public static TheoryData<string, string> Large => new()
    {
        { "10,000 keys", Dictionary(string.Concat(Enumerable.Range(0, 10_000).Select(i => $"1:{(char)('a' + (i % 26))}0:"))) },
        { "4,000 keys", Dictionary(string.Concat(Enumerable.Range(0, 4_000).Select(i => $"4:{i:0000}0:"))) },
        { "4,000 times the same key", Dictionary(string.Concat(Enumerable.Repeat("8:from-tag1:z", 4_000))) },
        { "nested dictionaries", Dictionary("1:x" + string.Concat(Enumerable.Repeat("d1:x", 10_000))) },
        { "nested lists", Dictionary("5:flags" + new string('l', 30_000) + new string('e', 30_000)) },
        { "nested JSON", """{"command":"offer","flags":""" + new string('[', 30_000) + new string(']', 30_000) + "}" },
        { "nested JSON objects", string.Concat(Enumerable.Repeat("{\"x\":", 10_000)) + "1" + new string('}', 10_000) },
        { "integers of 100 digits", Dictionary(string.Concat(Enumerable.Repeat($"3:TOSi{new string('9', 100)}e", 500))) },
        { "integers of 100 digits in JSON", $$"""{"command":"list","limit":{{new string('9', 100)}}}""" },
        { "a length of 100 digits", $"d{new string('9', 100)}:xe" },
        { "a string of 60,000 bytes as call-id", $"d7:command5:query7:call-id60000:{new string('c', 60_000)}e" },
        { "flags without end", $"d7:command5:offer5:flagsl{string.Concat(Enumerable.Repeat("13:codec-strip-X", 3_900))}ee" },
        { "200 media", Offer("call", Bodies.Session + string.Concat(Enumerable.Repeat("m=audio 4000 RTP/AVP 0\n", 200))) },
        { "200 media of another call", Offer("other", Bodies.Session + string.Concat(Enumerable.Repeat("m=audio 4000 RTP/AVP 0\n", 200))) },
        { "a description of 60,000 bytes", Offer("other", Bodies.Audio + new string('\n', 60_000)) },
    };

    [Theory]
    [MemberData(nameof(Large))]
    public void What_is_too_large_costs_little_and_changes_nothing(string what, string request)
    {
        string before = _relay.State;
        byte[] datagram = Encoding.Latin1.GetBytes("1 " + request);

        long allocated = GC.GetAllocatedBytesForCurrentThread();
        byte[]? reply = _relay.Answer(datagram);
        (GC.GetAllocatedBytesForCurrentThread() - allocated).ShouldBeLessThan(MostAllocated, what);

        reply.ShouldNotBeNull().Length.ShouldBeLessThan(NgLimits.MaxLength);
        _relay.State.ShouldBe(before);
    }

    [Fact]
    public void Of_a_key_that_is_said_twice_the_first_counts()
    {
        Ask("d7:command5:query7:command6:delete7:call-id4:call7:call-id5:othere").ShouldStartWith("1 d6:result2:ok");
        _relay.Relay.SessionCount.ShouldBe(1);
    }

    [Fact]
    public void Every_prefix_of_a_real_request_changes_nothing()
    {
        string before = _relay.State;
        foreach (byte[] request in Recording.All)
        {
            for (int length = 0; length < request.Length - 1; length++) // a final "e" that is missing is taken as written
            {
                _relay.Answer(request.AsSpan(0, length));
            }
        }

        _relay.State.ShouldBe(before);
    }

    [Fact]
    public void Every_flipped_bit_of_a_real_call_leaves_a_whole_call_or_none()
    {
        byte[] call = Encoding.Latin1.GetBytes("1 " + Offer("c") + "2 d7:command5:query7:call-id1:ce");
        for (int bit = 0; bit < call.Length * 8; bit++)
        {
            call[bit / 8] ^= (byte)(1 << (bit % 8));
            FrontTarget.Fuzz(call);
            call[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void What_one_party_makes_of_a_call_is_bounded()
    {
        for (int i = 0; i < 300; i++)
        {
            Ask(Offer("call").Replace("8:from-tag1:a", $"8:from-tag4:t{i:000}", StringComparison.Ordinal));
            Ask($"d7:command17:subscribe request7:call-id4:call5:flagsl3:allee");
        }

        _relay.State.Length.ShouldBeLessThan(NgLimits.MaxLength);
        _relay.Relay.Ports.OpenPairs.ShouldBeLessThan(300);
        _relay.EndAllCalls().ShouldBe((0, 0));
    }

    private static string Dictionary(string rest) => $"d7:command5:offer7:call-id4:call{rest}e";

    private static string Offer(string callId, string? description = null)
    {
        string sdp = description is null ? Description : Bodies.Crlf(description);
        return $"d7:command5:offer7:call-id{callId.Length}:{callId}8:from-tag1:a3:sdp{sdp.Length}:{sdp}e";
    }

    private string Ask(string request) => Encoding.Latin1.GetString(_relay.Answer(Encoding.Latin1.GetBytes("1 " + request)).ShouldNotBeNull());
}
