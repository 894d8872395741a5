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
        foreach (byte[] sample in Samples.Value)
        {
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
