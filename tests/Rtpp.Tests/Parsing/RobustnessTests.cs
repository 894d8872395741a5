using FsCheck;
using FsCheck.Fluent;
using RtpProxy.Protocols.Rtpp.Commands;

namespace RtpProxy.Protocols.Rtpp.Tests.Parsing;

/// <summary>No bytes whatever make the parser throw, or return a command and an error at once.</summary>
public sealed class RobustnessTests
{
    private static readonly string[] Samples =
    [
        "V",
        "VF 20081224\r\n",
        "UIE6z+20c0,8,101 call-1@h;z9hG4bK77 2001:db8::3 41000 ft;1 tt;1 unix:/run/n.sock r%201 && L 192.0.2.2 5000 && D",
        "Uanl{one}r[::1] c 127.0.0.1 4000 f t && Sr ttl=11 && S tos=16 && C b f t && M4:1 S",
        "L6ei a ::1 4002 f t && S ttl=5",
        "P-1 c /prompts/moh session f;1 ",
        "Cps c udp:127.0.0.1:9000 f t",
        "Qv c f t ttl npkts_ina rtpa_javg && D",
        "Gv nsess_created pps_in",
        "Na c t f",
        "Dw c f",
        "Rs c f t",
        "Ibl",
    ];

    private static readonly BookedParser[] AllParsers = [Parsers.Plain, Parsers.Bridging];

    [Fact]
    public void Every_prefix_of_a_good_command_is_answered()
    {
        foreach (byte[] sample in Samples.Select(System.Text.Encoding.Latin1.GetBytes))
        {
            for (int length = 0; length <= sample.Length; length++)
            {
                Check(sample.AsSpan(0, length));
            }
        }
    }

    [Fact]
    public void Every_flipped_bit_of_a_good_command_is_answered()
    {
        foreach (byte[] sample in Samples.Select(System.Text.Encoding.Latin1.GetBytes))
        {
            for (int bit = 0; bit < sample.Length * 8; bit++)
            {
                byte[] flipped = [.. sample];
                flipped[bit / 8] ^= (byte)(1 << (bit % 8));
                Check(flipped);
            }
        }
    }

    [Fact]
    public void Random_bytes_are_answered() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes => Check(bytes)).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void Random_sequences_of_the_protocols_own_words_are_answered()
    {
        string[] words =
        [
            "U", "L", "Q", "D", "V", "VF", "&&", "S", "C", "M3:1", "ttl=5", "tos=9", "127.0.0.1", "::1", "4000", "f;1", "t",
            "U6", "Uie", "Ul{one}", "Ur[::1]", "Uz20", "Uc0,8", "%zz", "n.sock", "P-1", "session", "\0", "\n", "\xFF", "65536",
        ];
        Gen<string> lines = Gen.Elements(words).ArrayOf().Select(chosen => string.Join(' ', chosen));
        Prop.ForAll(lines.ToArbitrary(), line => Check(System.Text.Encoding.Latin1.GetBytes(line)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));
    }

    private static void Check(ReadOnlySpan<byte> line)
    {
        foreach (BookedParser parser in AllParsers)
        {
            ErrorCode error = parser.TryParse(line, out Command? command);
            Enum.IsDefined(error).ShouldBeTrue();
            (command is null).ShouldBe(error != ErrorCode.None);
        }
    }
}
