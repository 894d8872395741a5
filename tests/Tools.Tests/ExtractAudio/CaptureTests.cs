using System.Net;
using RtpProxy.Codecs.G711;
using RtpProxy.Rtp;
using RtpProxy.TestKit.Captures;

namespace RtpProxy.Tools.Tests.ExtractAudio;

/// <summary>Captures that other programs made, of calls that went on side by side.</summary>
public sealed class CaptureTests : ToolTests
{
    private const int Packets = 50;
    private const long Time = 1_795_215_186_000_000_000;

    private static readonly Endpoint Caller = Endpoint.From(IPAddress.Parse("192.0.2.10"), 4_000);
    private static readonly Endpoint Callee = Endpoint.From(IPAddress.Parse("198.51.100.20"), 5_000);
    private static readonly Endpoint RelayNear = Endpoint.From(IPAddress.Parse("203.0.113.1"), 35_000);
    private static readonly Endpoint RelayFar = Endpoint.From(IPAddress.Parse("203.0.113.1"), 35_002);
    private static readonly Endpoint CallerV6 = Endpoint.From(IPAddress.Parse("2001:db8::10"), 4_000);
    private static readonly Endpoint CalleeV6 = Endpoint.From(IPAddress.Parse("2001:db8::20"), 5_000);

    private static readonly byte[] Loud = [.. Enumerable.Repeat((byte)0xaf, 160)];
    private static readonly byte[] Quiet = [.. Enumerable.Repeat((byte)0x3f, 160)];

    public static TheoryData<string, uint> Dresses => [.. CaptureFrame.Dresses.Select(dress => (dress.Name, dress.LinkType))];

    [Theory]
    [MemberData(nameof(Dresses))]
    public void A_capture_of_any_link_and_format_sounds_the_same(string dress, uint linkType)
    {
        (long, byte[])[] frames =
            [.. Stream(Callee, RelayFar, 7, Loud).Select(frame => (frame.Time, CaptureFrame.Dress(dress, frame.Bytes)))];
        Write("plain", CaptureFile.Pcap(linkType, frames));
        Write("big", CaptureFile.Pcap(linkType, frames, bigEndian: true));
        Write("nano", CaptureFile.Pcap(linkType, frames, nanoseconds: true));
        Write("ng", NextGeneration(linkType, frames, bigEndian: false));
        Write("ngbig", NextGeneration(linkType, frames, bigEndian: true));
        Write("simple", CaptureFile.SectionHeader(), CaptureFile.Interface(linkType),
            [.. frames.SelectMany(frame => CaptureFile.SimplePacket(frame.Item2))]);
        foreach (string name in (string[])["plain", "big", "nano", "ng", "ngbig", "simple"])
        {
            ToolResult result = Extract("-A", name, "out.raw");

            result.ExitCode.ShouldBe(0, $"{name}: {result.Errors}");
            result.Errors.ShouldBe($"samples decoded: O: 0, A: {Packets * 160}, written: {Packets * 80}\n", name);
            ReadSamples("out.raw").ShouldAllBe(sample => sample == MuLaw.Decode(0xaf) / 2);
            Tool.ExtractAudio.Run(Work, "-S", "-A", name).Output.ShouldBe($"{name}: {Packets}\n");
        }
    }

    [Theory]
    [InlineData("pcapng")]
    [InlineData("nsecpcap")]
    [InlineData("pcap")]
    [InlineData("modpcap")]
    public void What_editcap_writes_is_read(string format)
    {
        Write("in.pcap", CaptureFile.Pcap(101, Stream(CallerV6, CalleeV6, 7, Loud)));
        Tool.Shell(Work, $"editcap -F {format} in.pcap out.cap").ExitCode.ShouldBe(0);

        Extract("-A", "out.cap", "out.raw").ExitCode.ShouldBe(0);

        ReadSamples("out.raw").Length.ShouldBe(Packets * 160);
    }

    [Theory]
    [InlineData(7u, 7u)] // both parties with the same source identifier
    [InlineData(0u, 0u)]
    [InlineData(7u, 8u)]
    public void Streams_of_different_addresses_are_kept_apart(uint first, uint second)
    {
        WriteCapture("both", Stream(Callee, Caller, first, Loud), Stream(Caller, Callee, second, Quiet, sequence: 30_000));

        ToolResult result = Extract("-s", "-A", "both", "out.raw");

        result.ExitCode.ShouldBe(0);
        result.OutputLines.Count(line => line.StartsWith("pcount=50, ", StringComparison.Ordinal)).ShouldBe(2);
        result.ErrorLines[..4].ShouldBe(
        [
            "extractaudio: both: 2 streams",
            $"extractaudio:   198.51.100.20:5000 > 192.0.2.10:4000, ssrc=0x{first:X8}, 50 packets: side A",
            $"extractaudio:   192.0.2.10:4000 > 198.51.100.20:5000, ssrc=0x{second:X8}, 50 packets: side A",
            "extractaudio:   --from-a ADDRESS[:PORT] and --from-b choose by sender; with one capture for -A and -B the first is A",
        ]);
        result.ErrorLines[^1].ShouldBe($"samples decoded: O: 0, A: {2 * Packets * 160}, written: {Packets * 160}");
        short average = (short)((MuLaw.Decode(0xaf) + MuLaw.Decode(0x3f)) / 2);
        ReadSamples("out.raw").Where((_, i) => i % 2 == 0).ShouldAllBe(sample => sample == average);
    }

    [Theory]
    [InlineData("-A both -B both")]
    [InlineData("-A both -B both --from-a 198.51.100.20:5000")]
    [InlineData("-A both -B both --from-b 192.0.2.10")]
    [InlineData("-A both -B both --from-a 198.51.100.20 --from-b 192.0.2.10:4000")]
    public void One_capture_for_both_sides_is_divided(string arguments)
    {
        WriteCapture("both", Stream(Callee, Caller, 7, Loud), Stream(Caller, Callee, 7, Quiet));

        ToolResult result = Extract([.. arguments.Split(' '), "-s", "out.raw"]);

        result.ExitCode.ShouldBe(0, result.Errors);
        result.ErrorLines[^1].ShouldBe($"samples decoded: O: {Packets * 160}, A: {Packets * 160}, written: {Packets * 160}");
        ReadSamples("out.raw").Where((_, i) => i % 2 == 0).ShouldAllBe(sample => sample == MuLaw.Decode(0xaf));
        ReadSamples("out.raw").Where((_, i) => i % 2 == 1).ShouldAllBe(sample => sample == MuLaw.Decode(0x3f));
    }

    [Fact]
    public void A_sender_can_be_chosen()
    {
        WriteCapture("both", Stream(CalleeV6, CallerV6, 7, Loud), Stream(CallerV6, CalleeV6, 7, Quiet));

        Extract("-A", "both", "--from-a", "[2001:db8::10]:4000", "out.raw").ExitCode.ShouldBe(0);
        ReadSamples("out.raw").ShouldAllBe(sample => sample == MuLaw.Decode(0x3f) / 2);
        Extract("-A", "both", "--from-a", "2001:db8::20", "out.raw").ExitCode.ShouldBe(0);
        ReadSamples("out.raw").ShouldAllBe(sample => sample == MuLaw.Decode(0xaf) / 2);

        ToolResult nobody = Extract("-A", "both", "--from-a", "192.0.2.99", "out.raw");
        nobody.ExitCode.ShouldBe(1);
        nobody.ErrorLines[^1].ShouldBe("extractaudio: no audio that can be decoded in both");
        Extract("-A", "both", "--from-a", "nowhere", "out.raw").ErrorLines[0].ShouldBe(
            "extractaudio: invalid address, expected ADDRESS or ADDRESS:PORT: nowhere");
    }

    [Fact]
    public void A_stream_that_was_captured_on_both_sides_of_a_relay_is_heard_once()
    {
        WriteCapture(
            "relay",
            Stream(Callee, RelayFar, 7, Loud),
            Stream(RelayNear, Caller, 7, Loud, delay: 100_000),
            Stream(Caller, RelayNear, 9, Quiet),
            Stream(RelayFar, Callee, 9, Quiet, delay: 100_000));

        ToolResult result = Extract("-s", "-A", "relay", "-B", "relay", "out.raw");

        result.ExitCode.ShouldBe(0, result.Errors);
        result.Errors.ShouldContain("the same once more, left out");
        result.ErrorLines[^1].ShouldBe($"samples decoded: O: {Packets * 160}, A: {Packets * 160}, written: {Packets * 160}");
        ReadSamples("out.raw").Where((_, i) => i % 2 == 0).ShouldAllBe(sample => sample == MuLaw.Decode(0xaf));
    }

    [Fact]
    public void Both_files_with_the_same_identifier_and_different_senders_are_two_parties()
    {
        WriteCapture("a", Stream(Callee, RelayFar, 7, Loud));
        WriteCapture("o", Stream(Caller, RelayNear, 7, Quiet));

        Extract("-A", "a", "-B", "o", "out.raw").Errors
            .ShouldBe($"samples decoded: O: {Packets * 160}, A: {Packets * 160}, written: {Packets * 80}\n");
    }

    [Fact]
    public void A_party_that_moves_to_another_port_is_one_stream()
    {
        (long, byte[])[] before = [.. Stream(Callee, RelayFar, 7, Loud)];
        (long, byte[])[] after = [.. Stream(Callee.WithPort(6_000), RelayFar, 7, Loud)];
        WriteCapture("moved", [.. before[..20], .. after[20..]]);

        ToolResult result = Extract("-A", "moved", "out.raw");

        result.Errors.ShouldBe($"samples decoded: O: 0, A: {Packets * 160}, written: {Packets * 80}\n");
        result.OutputLines[0].ShouldStartWith("pcount=50, ");
    }

    [Fact]
    public void Other_traffic_beside_a_stream_does_not_matter()
    {
        byte[] name = [0x80, 0x01, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 3, (byte)'w', (byte)'w', (byte)'w', 0, 0, 1, 0, 1];
        (long, byte[])[] queries =
        [
            .. Enumerable.Range(0, 40).Select(i => (
                Time + (i * 25_000_000L), CaptureFrame.Packet(Caller.WithPort(53), Callee, name))),
        ];
        WriteCapture("busy", Stream(Callee, Caller, 7, Loud), queries);

        ToolResult result = Extract("-A", "busy", "out.raw");

        result.ExitCode.ShouldBe(0);
        result.ErrorLines[^1].ShouldBe($"samples decoded: O: 0, A: {Packets * 160}, written: {Packets * 80}");
    }

    [Fact]
    public void Damaged_captures_end_with_a_status_and_a_sentence()
    {
        byte[] file = [.. NextGeneration(1, [.. Stream(Callee, Caller, 7, Loud).Take(3)
            .Select(frame => (frame.Time, CaptureFrame.Dress("vlan", frame.Bytes)))], bigEndian: false)];
        Random random = new(11);
        for (int i = 0; i < 40; i++)
        {
            byte[] damaged = file[..random.Next(4, file.Length + 1)];
            for (int change = random.Next(4); change > 0; change--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            Write("in", damaged);
            ToolResult result = Extract("-A", "in", "out.raw");
            result.ExitCode.ShouldBeInRange(0, 1);
            result.ErrorLines.ShouldNotBeEmpty();
            result.Errors.ShouldNotContain("   at ");
        }
    }

    private static IEnumerable<(long Time, byte[] Bytes)> Stream(
        Endpoint from,
        Endpoint to,
        uint ssrc,
        byte[] payload,
        int sequence = 100,
        long delay = 0)
    {
        RecordedCall call = new RecordedCall().AddStream(
            [.. Enumerable.Repeat(payload, Packets).SelectMany(bytes => bytes)], 160, 0, ssrc, firstSequence: sequence);
        for (int i = 0; i < Packets; i++)
        {
            yield return (Time + (i * 20_000_000L) + delay, CaptureFrame.Packet(from, to, call.Packets[i].Packet));
        }
    }

    private static byte[] NextGeneration(uint linkType, (long Time, byte[] Bytes)[] frames, bool bigEndian) =>
    [
        .. CaptureFile.SectionHeader(bigEndian),
        .. CaptureFile.Interface(linkType, resolution: 9, bigEndian: bigEndian),
        .. frames.SelectMany((frame, i) => i % 5 == 4
            ? CaptureFile.ObsoletePacket(0, (ulong)frame.Time, frame.Bytes, bigEndian)
            : CaptureFile.EnhancedPacket(0, (ulong)frame.Time, frame.Bytes, bigEndian)),
    ];

    private void WriteCapture(string name, params IEnumerable<(long Time, byte[] Bytes)>[] streams) =>
        Write(name, CaptureFile.Pcap(101, streams.SelectMany(frames => frames).OrderBy(frame => frame.Time)));

    private ToolResult Extract(params string[] arguments)
    {
        File.Delete(PathOf("out.raw"));
        return Tool.ExtractAudio.Run(Work, ["-F", "raw", "-D", "pcm_16", .. arguments]);
    }
}
