using System.Text;
using FsCheck;
using FsCheck.Fluent;
using RtpProxy.Protocols.Ng.Encodings;
using RtpProxy.Protocols.Ng.Tests.Encodings;
using RtpProxy.Protocols.Ng.Tests.Fuzz;
using RtpProxy.Protocols.Ng.Tests.Recorded;

namespace RtpProxy.Protocols.Ng.Tests;

/// <summary>No bytes whatever make a reader throw; what is read can be answered (the target says what is checked).</summary>
public sealed class RobustnessTests
{
    private static readonly Lazy<byte[][]> Samples = new(() => [.. Recording.All, .. Conversations()]);

    [Fact]
    public void Every_prefix_of_a_real_request_is_answered()
    {
        foreach (byte[] sample in Samples.Value)
        {
            for (int length = 0; length <= sample.Length; length++)
            {
                MessageTarget.Fuzz(sample.AsSpan(0, length));
            }
        }
    }

    [Fact]
    public void Every_flipped_bit_of_a_real_request_is_answered()
    {
        foreach (byte[] whole in Samples.Value)
        {
            byte[] sample = [.. whole]; // others read it meanwhile
            for (int bit = 0; bit < sample.Length * 8; bit++)
            {
                sample[bit / 8] ^= (byte)(1 << (bit % 8));
                MessageTarget.Fuzz(sample);
                sample[bit / 8] ^= (byte)(1 << (bit % 8));
            }
        }
    }

    [Fact]
    public void Random_bytes_are_answered() => Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
    {
        MessageTarget.Fuzz(bytes);
        MessageTarget.Fuzz([.. "c d"u8, .. bytes]);
        MessageTarget.Fuzz([.. "c {"u8, .. bytes]);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void Random_sequences_of_the_protocols_own_words_are_answered()
    {
        string[] words =
        [
            "d", "l", "e", "i5e", "i-0e", "0:", "1:a", "7:command", "5:offer", "6:answer", "4:ping", "5:flags", "10:rtpp-flags",
            "15:codec=[strip=[x", "7:call-id", "3:sdp", "8:from-tag", "5:codec", "5:strip", "{", "}", "[", "]", "\"command\"", ":", ",",
            "\"ping\"", "1e9", "null", "\\u0000",
        ];
        Prop.ForAll(Gen.Elements(words).ArrayOf().Select(chosen => string.Concat(chosen)).ToArbitrary(), text =>
        {
            MessageTarget.Fuzz(Encoding.Latin1.GetBytes("c d" + text));
            MessageTarget.Fuzz(Encoding.Latin1.GetBytes("c {" + text));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));
    }

    [Fact]
    public void Random_strings_of_flags_are_read()
    {
        string[] words = [" ", "=", "[", "]", "replace", "codec", "strip", "origin", "direction", "SRTP", "internal", "to-tag", "x", "-", "RTP/AVP"];
        Prop.ForAll(Gen.Elements(words).ArrayOf().Select(chosen => string.Concat(chosen)).ToArbitrary(), text =>
        {
            NgDictionary offer = Values.Dictionary(
                ("command", Values.Text("offer")), ("sdp", Values.Text("v=0")), ("call-id", Values.Text("c")), ("from-tag", Values.Text("A")), ("rtpp-flags", Values.Text(text)));
            MessageTarget.Fuzz([.. "c "u8, .. Values.Write(offer, NgEncoding.Bencode)]);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));
    }

    [Fact]
    public void What_a_request_allocates_is_bounded_by_its_size()
    {
        foreach (string hostile in (string[])
        [
            "5:flagsl" + Repeat("10:SDES-no-XY", 4_000) + "e",
            "5:flagsl" + Repeat("13:codec-strip-X", 4_000) + "e",
            "5:flagsl" + Repeat("11:from-tags-X", 4_000) + "e",
            "5:codecd" + Repeat("5:strip1:X", 4_000) + "e",
            "10:rtpp-flags63000:" + Repeat("codec=[strip=[a]] ", 3_500),
            "10:rtpp-flags63000:" + Repeat("SRTP AVPF ", 6_300),
        ])
        {
            byte[] datagram = Encoding.Latin1.GetBytes("ck d7:command5:offer7:call-id1:c8:from-tag1:A3:sdp1:v" + hostile + "e");
            NgMessage.TrySplit(datagram, out NgMessage message);
            message.ReadDictionary(out _).ShouldNotBeNull(hostile[..20]);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Responder.Answer(datagram);
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(4_000_000, hostile[..20]);
        }

        static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
    }

    // A request of each kind once, in both encodings: each bit of it is flipped.
    private static IEnumerable<byte[]> Conversations()
    {
        foreach (NgTalkStep step in ((string[])["007", "010", "066"]).SelectMany(NgTalk.Read).Where(step => step.Request.Count > 0))
        {
            NgDictionary shorter = new([.. step.Request.Where(entry => entry.Key != "sdp"), new NgEntry("sdp", new NgValue("v=0\r\n"))]);
            yield return [.. "1 "u8, .. Values.Write(shorter, NgEncoding.Json)];
        }
    }
}
