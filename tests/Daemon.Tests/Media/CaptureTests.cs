using System.Net;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Media;

/// <summary>Captures that the daemon has written are opened by the programs that people open captures with.</summary>
public sealed class CaptureTests
{
    private const int Packets = 30;
    private const int Reports = 3;

    /// <summary>Command, address of the parties, files and the RTP and RTCP packets in each.</summary>
    public static TheoryData<string, string, string[], int[]> Recordings => new()
    {
        { "R", "127.0.0.1", ["c=alice.o.rtp", "c=alice.a.rtp", "c=alice.o.rtcp", "c=alice.a.rtcp"], [Packets, Packets, Reports, Reports] },
        { "R", "::1", ["c=alice.o.rtp", "c=alice.a.rtp", "c=alice.o.rtcp", "c=alice.a.rtcp"], [Packets, Packets, Reports, Reports] },
        { "Rs", "127.0.0.1", ["c=alice.pcap"], [2 * (Packets + Reports)] },
        { "Rs", "::1", ["c=alice.pcap"], [2 * (Packets + Reports)] },
    };

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task Others_find_every_packet_and_nothing_to_complain_of(string command, string host, string[] files, int[] counts)
    {
        await using DaemonProcess daemon = await RecordAsync(command, IPAddress.Parse(host), wildcard: false);
        for (int i = 0; i < files.Length; i++)
        {
            await ShouldBeInOrderAsync(daemon.Directory, files[i], counts[i], host);
        }
    }

    [Theory]
    [InlineData("R")]
    [InlineData("Rs")]
    public async Task On_a_wildcard_address_captures_show_the_address_that_was_used(string command)
    {
        await using DaemonProcess daemon = await RecordAsync(command, IPAddress.Loopback, wildcard: true);
        string file = command == "R" ? "c=alice.o.rtp" : "c=alice.pcap";

        ProgramResult shown = await ProgramRun.InAsync(
            daemon.Directory, "tshark", "-n", "-r", file, "-T", "fields", "-e", "ip.src", "-e", "ip.dst");

        shown.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct().ShouldBe(["127.0.0.1\t127.0.0.1"]);
    }

    private static async Task<DaemonProcess> RecordAsync(string command, IPAddress host, bool wildcard)
    {
        DaemonProcess daemon = await DaemonProcess.StartAsync(new DaemonSettings
        {
            LogLevel = "info",
            Options = ["-P", "-r", ".", "-l", wildcard ? "0.0.0.0" : "127.0.0.1", "-6", wildcard ? "::" : "::1"],
        });
        await using ControlClient control = await daemon.ConnectAsync();
        string family = host.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? "6" : "";
        using MediaCall call = await MediaCall.SetUpAsync(control, "c", host, family, family);
        (await control.AskAsync($"{command} c alice bob")).ShouldBe("0");
        (await control.AskAsync($"{command} c bob alice")).ShouldBe("0");
        await call.TalkAsync(Packets);
        for (int i = 0; i < Reports; i++)
        {
            call.Caller.Report();
            await call.Callee.HearReportAsync();
            call.Callee.Report();
            await call.Caller.HearReportAsync();
        }

        (await control.AskAsync("D c alice bob")).ShouldBe("0");
        await Eventually.TrueAsync(
            () => !Directory.EnumerateFiles($"/proc/{daemon.Id}/fd")
                .Any(link => new FileInfo(link).LinkTarget?.Contains("c=alice", StringComparison.Ordinal) == true),
            "the files are closed");
        return daemon;
    }

    private static async Task ShouldBeInOrderAsync(WorkingDirectory directory, string file, int packets, string host)
    {
        ProgramResult dumped = await ProgramRun.InAsync(directory, "tcpdump", "-Z", "root", "-nn", "-vvv", "-r", file);
        dumped.Status.ShouldBe(0, dumped.Error);
        dumped.Error.ShouldNotContain("truncated");
        dumped.Output.Split("[udp sum ok]").Length.ShouldBe(packets + 1, $"{file}: {dumped.Output}");
        dumped.Output.ShouldNotContain("bad");
        dumped.Output.ShouldNotContain("[|");

        ProgramResult dissected = await ProgramRun.InAsync(
            directory, "tshark", "-n", "-r", file, "-o", "ip.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE",
            "-T", "fields", "-E", "separator=;", "-E", "occurrence=a",
            "-e", "ip.checksum.status", "-e", "udp.checksum.status", "-e", "_ws.malformed", "-e", "_ws.expert.message");
        dissected.Status.ShouldBe(0, dissected.Error);
        string inOrder = IPAddress.Parse(host).AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? "1;1;;" : ";1;;";
        dissected.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ShouldBe(Enumerable.Repeat(inOrder, packets), $"{file}: {dissected.Error}");
    }
}
