using System.Buffers.Binary;
using System.Globalization;
using RtpProxy.Daemon.Tests.Media;
using RtpProxy.Media.Recording;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Keeping;

/// <summary>Calls that are recorded to a disk that takes nothing more, which a limit of file sizes does as well.</summary>
public sealed class FullDiskTests
{
    [Fact]
    public async Task An_upgrade_is_done_all_the_same_and_the_recording_goes_on_when_there_is_room()
    {
        await using KeptDaemon daemon = await KeptDaemon.StartAsync("-r", ".");
        await using ControlClient control = await daemon.Keeper.ConnectAsync();
        using MediaCall call = await RecordAsync(control);
        await LimitFilesAsync(daemon.Relay, 1_000); // what a buffer holds is more
        await call.TalkAsync(20);

        await daemon.UpgradeAsync(); // the keeper has no such limit, nor has the new relay

        await call.TalkAsync(20);
        (await control.AskAsync("D c alice bob")).ShouldBe("0");
        List<ushort> numbers = await WholeRecordingAsync(daemon, last: 39);
        numbers.Count.ShouldBeLessThan(40);
        int before = numbers.Count - 20;
        numbers[..before].ShouldBe(Enumerable.Range(numbers[0], before).Select(number => (ushort)number));
        numbers[before..].ShouldBe(Enumerable.Range(numbers[0] + 20, 20).Select(number => (ushort)number));
    }

    [Fact]
    public async Task A_call_goes_on_after_a_death_and_what_was_recorded_before_stays_readable()
    {
        await using KeptDaemon daemon = await KeptDaemon.StartAsync("-r", ".");
        await using ControlClient control = await daemon.Keeper.ConnectAsync();
        using MediaCall call = await RecordAsync(control);
        await call.TalkAsync(20);
        await daemon.UpgradeAsync(); // which puts all that has come on the disk
        await call.TalkAsync(20);

        await daemon.KillAsync();

        await call.TalkAsync(1); // a runtime may need larger files for itself while it starts
        await LimitFilesAsync(daemon.Relay, 1_000);
        await call.TalkAsync(19);
        (await control.AskAsync("D c alice bob")).ShouldBe("0");
        await daemon.Keeper.Log.WaitForAsync("lost 20 records");
        List<ushort> numbers = await WholeRecordingAsync(daemon, last: 19);
        numbers.ShouldBe(Enumerable.Range(numbers[0], 20).Select(number => (ushort)number));
        using MediaCall next = await MediaCall.SetUpAsync(control, "next");
        await next.TalkAsync(3);
    }

    private static async Task<MediaCall> RecordAsync(ControlClient control)
    {
        MediaCall call = await MediaCall.SetUpAsync(control, "c");
        (await control.AskAsync("R c alice bob")).ShouldBe("0");
        return call;
    }

    /// <summary>No file of the process may become longer.</summary>
    private static async Task LimitFilesAsync(int process, int bytes)
    {
        string limit = string.Create(CultureInfo.InvariantCulture, $"prlimit --pid {process} --fsize={bytes}:");
        using System.Diagnostics.Process prlimit = System.Diagnostics.Process.Start("/bin/sh", ["-c", limit]);
        await prlimit.WaitForExitAsync();
        prlimit.ExitCode.ShouldBe(0);
    }

    /// <summary>The numbers of the packets that the caller sent, in a file without a fault.</summary>
    /// <param name="last">What comes last is so many packets behind the first.</param>
    private static async Task<List<ushort>> WholeRecordingAsync(KeptDaemon daemon, int last)
    {
        string file = daemon.Keeper.Directory.File("c=alice.o.rtp");
        await Eventually.TrueAsync(
            () => Read(file, out _) is [var first, .., var end] && end == (ushort)(first + last), "all that the disk takes is on it");
        List<ushort> numbers = Read(file, out RecordingFault? fault);
        fault.ShouldBeNull();
        return numbers;
    }

    private static List<ushort> Read(string recording, out RecordingFault? fault)
    {
        using FileStream file = File.OpenRead(recording);
        RecordingReader reader = new(file);
        List<ushort> numbers = [];
        while (reader.TryRead(out RecordedPacket packet))
        {
            numbers.Add(BinaryPrimitives.ReadUInt16BigEndian(packet.Bytes[2..]));
        }

        fault = reader.Fault;
        return numbers;
    }
}
