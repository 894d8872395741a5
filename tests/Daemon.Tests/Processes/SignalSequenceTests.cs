using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Processes;

/// <summary>Supervisors send a signal to a process and to its group, people press Ctrl-C again: whatever comes, nothing stays behind.</summary>
public class SignalSequenceTests
{
    [Theory]
    [InlineData("TERM TERM", 0, 143)]
    [InlineData("TERM INT", 0, 130, 143)] // the system delivers what is pending in an order of its own
    [InlineData("INT TERM", 0, 143, 130)]
    [InlineData("TERM HUP", 0, 0)]
    [InlineData("HUP TERM", 0, 0)]
    [InlineData("HUP HUP INT", 0, 0)]
    [InlineData("TERM TERM TERM TERM TERM", 0, 143)]
    [InlineData("HUP TERM USR1 USR2 INT", 0, 138, 140, 130, 143)]
    public async Task Signals_in_quick_succession_leave_no_file_behind(string signals, params int[] statuses)
    {
        for (int pause = 0; pause <= 4; pause += 2)
        {
            await using DaemonProcess daemon = await DaemonProcess.StartAsync();
            await daemon.AskAsync("U call 127.0.0.1 4000 tag");

            await SignalAsync(daemon, signals, pause);

            statuses.ShouldContain(await daemon.WaitForExitAsync());
            Directory.GetFileSystemEntries(daemon.Directory.Path).ShouldBeEmpty($"{pause} ms apart");
        }
    }

    [Fact]
    public async Task A_second_signal_while_the_end_is_held_up_ends_the_process_with_its_number_and_cleans_up()
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync();
        using Socket client = await ConnectWithoutReadingAsync(daemon);

        await daemon.SignalAsync("TERM");
        await daemon.Log.WaitForAsync("got signal 15, shutting down");
        await SignalAsync(daemon, "INT", 0);

        (await daemon.WaitForExitAsync()).ShouldBe(130);
        Directory.GetFileSystemEntries(daemon.Directory.Path).ShouldBeEmpty();
    }

    // A client that takes no replies holds the end up for a moment.
    private static async Task<Socket> ConnectWithoutReadingAsync(DaemonProcess daemon)
    {
        Socket client = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await client.ConnectAsync(daemon.Sockets[0].EndPoint!);
        byte[] commands = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("I\n", 1000)));
        for (bool isTaken = true; isTaken;)
        {
            using CancellationTokenSource patience = new(TimeSpan.FromMilliseconds(500));
            try
            {
                await client.SendAsync(commands, patience.Token);
            }
            catch (OperationCanceledException)
            {
                isTaken = false;
            }
        }

        return client;
    }

    private static async Task SignalAsync(DaemonProcess daemon, string signals, int pauseMilliseconds)
    {
        string pause = string.Create(CultureInfo.InvariantCulture, $"sleep 0.00{pauseMilliseconds}; ");
        string script = string.Join(
            pauseMilliseconds == 0 ? "" : pause, signals.Split(' ').Select(signal => $"kill -{signal} $0 2>/dev/null; "));
        using Process shell = Process.Start("/bin/sh", ["-c", script, daemon.Id.ToString(CultureInfo.InvariantCulture)]);
        await shell.WaitForExitAsync().WaitAsync(Eventually.Deadline);
    }
}
