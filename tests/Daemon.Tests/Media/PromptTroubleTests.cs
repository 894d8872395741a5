using System.Buffers.Binary;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Media;

/// <summary>Whatever becomes of a prompt file, who hears it hears it to the end, and the daemon lives.</summary>
public sealed class PromptTroubleTests
{
    private static readonly byte[] Prompt = [.. Enumerable.Range(0, 8000).Select(i => (byte)(i / 80))]; // a second

    [Theory]
    [InlineData("shrinks")]
    [InlineData("grows")]
    [InlineData("is overwritten")]
    [InlineData("vanishes")]
    public async Task A_prompt_that_changes_while_it_is_played_is_heard_as_it_was(string what)
    {
        await using DaemonProcess daemon = await StartAsync();
        string file = daemon.Directory.File("tone.0");
        File.WriteAllBytes(file, Prompt);
        await using ControlClient control = await daemon.ConnectAsync();
        using MediaCall call = await MediaCall.SetUpAsync(control, "call");
        (await control.AskAsync("P2 call tone 0 alice bob")).ShouldBe("0");
        await call.Caller.HearAsync(10);

        switch (what)
        {
            case "shrinks":
                using (FileStream stream = File.OpenWrite(file))
                {
                    stream.SetLength(100);
                }

                break;
            case "grows":
                File.AppendAllText(file, new string('x', 100_000));
                break;
            case "is overwritten":
                File.WriteAllBytes(file, new byte[20_000]);
                break;
            default:
                File.Delete(file);
                break;
        }

        IReadOnlyList<byte[]> rest = await call.Caller.HearAsync(190);
        rest.Select(packet => packet[12..]).ShouldAllBe(payload => payload.Length == 80 && payload.All(b => b == payload[0]));
        rest.Select(packet => packet[12]).ShouldBe(Enumerable.Range(10, 190).Select(i => (byte)(i % 100)));
        await daemon.Log.WaitForAsync("has finished");
        await call.TalkAsync(3);
        (await control.AskAsync("P call tone 0 alice bob")).ShouldBe(what == "vanishes" ? "E60" : "0");
    }

    [Fact]
    public async Task What_is_no_file_is_no_prompt()
    {
        await using DaemonProcess daemon = await StartAsync();
        Directory.CreateDirectory(daemon.Directory.File("directory.0"));
        (await ProgramRun.InAsync(daemon.Directory, "mkfifo", "fifo.0")).Status.ShouldBe(0);
        File.CreateSymbolicLink(daemon.Directory.File("device.0"), "/dev/zero");
        File.CreateSymbolicLink(daemon.Directory.File("circle.0"), "circle.0");
        File.CreateSymbolicLink(daemon.Directory.File("nowhere.0"), "absent");
        using (FileStream huge = File.Create(daemon.Directory.File("huge.0")))
        {
            huge.SetLength(5L << 30);
        }

        await using ControlClient control = await daemon.ConnectAsync();
        using MediaCall call = await MediaCall.SetUpAsync(control, "call");
        foreach (string name in (string[])["directory", "fifo", "device", "circle", "nowhere", "huge", "absent", new string('x', 400)])
        {
            (await control.AskAsync($"P-1 call {name} 0,8,18 alice bob")).ShouldBe("E60", name);
        }

        await daemon.Log.WaitForAsync("can't play huge.0: 5368709120 bytes, the limit is 134217728");
        await call.TalkAsync(3);
    }

    [Fact]
    public async Task An_empty_prompt_is_over_at_once_and_an_endless_one_is_silent()
    {
        await using DaemonProcess daemon = await StartAsync();
        File.WriteAllBytes(daemon.Directory.File("empty.0"), []);
        await using ControlClient control = await daemon.ConnectAsync();
        using MediaCall call = await MediaCall.SetUpAsync(control, "call");
        (await control.AskAsync("P call empty 0 alice bob")).ShouldBe("0");
        await daemon.Log.WaitForAsync("has finished");
        await call.TalkAsync(3);

        (await control.AskAsync("P-1 call empty 0 alice bob")).ShouldBe("0");
        call.Callee.Say();
        call.Caller.Say();
        await call.Callee.HearAsync();
        (await control.AskAsync("S call alice bob")).ShouldBe("0");
        await call.TalkAsync(3);
        (await control.AskAsync("G npkts_played")).ShouldBe("0");
    }

    [Fact]
    public async Task Listeners_who_begin_at_any_time_share_a_prompt_and_hear_it_whole()
    {
        await using DaemonProcess daemon = await StartAsync("--workers", "2");
        File.WriteAllBytes(daemon.Directory.File("tone.0"), Prompt);
        await using ControlClient control = await daemon.ConnectAsync();
        List<MediaCall> calls = [];
        try
        {
            for (int i = 0; i < 40; i++)
            {
                calls.Add(await MediaCall.SetUpAsync(control, $"call{i}"));
                (await control.AskAsync($"P call{i} tone 0 alice bob")).ShouldBe("0");
            }

            foreach (MediaCall call in calls)
            {
                IReadOnlyList<byte[]> heard = await call.Caller.HearAsync(100);
                heard.Select(packet => packet[12]).ShouldBe(Enumerable.Range(0, 100).Select(i => (byte)i));
                ushort first = BinaryPrimitives.ReadUInt16BigEndian(heard[0].AsSpan(2));
                heard.Select(packet => BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(2)))
                    .ShouldBe(Enumerable.Range(0, 100).Select(i => (ushort)(first + i)));
            }
        }
        finally
        {
            calls.ForEach(call => call.Dispose());
        }
    }

    private static Task<DaemonProcess> StartAsync(params string[] options) => DaemonProcess.StartAsync(new DaemonSettings
    {
        LogLevel = "info",
        Options = ["-l", "127.0.0.1", .. options],
    });
}
