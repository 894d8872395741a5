using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.SipEdge.Tests;

/// <summary>Debian's SIPp, one end of calls.</summary>
internal sealed class Sipp : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;

    private Sipp(Process process)
    {
        _process = process;
        _output = ReadAsync(process);
    }

    /// <param name="scenario">Name of a file in Sipp/, without its suffix.</param>
    /// <param name="target">Where requests go; null for an end that waits for them.</param>
    /// <param name="local">Where it listens.</param>
    public static Sipp Start(string scenario, IPEndPoint? target, IPEndPoint local, int calls, int rate = 20)
    {
        var start = new ProcessStartInfo("sipp") { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments =
        [
            .. target is null ? Array.Empty<string>() : [target.ToString()],
            "-sf", Path.Combine(AppContext.BaseDirectory, "Sipp", scenario + ".xml"),
            "-i", local.Address.ToString(),
            "-p", Text(local.Port),
            "-m", Text(calls),
            "-r", Text(rate),
            "-timeout", "60s",
            "-timeout_error",
            "-nostdin",
        ];
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return new Sipp(Process.Start(start)!);
    }

    /// <summary>An address that is free, and that the kernel gives to nobody meanwhile.</summary>
    public static IPEndPoint FreeAddress(string address) => new(IPAddress.Parse(address), FreePorts.One(ProtocolType.Udp, ipv6: false));

    /// <summary>Waits until all calls have ended, each as its scenario says.</summary>
    public async Task SucceedAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(90));
        string output = await _output;
        _process.ExitCode.ShouldBe(0, output[Math.Max(0, output.Length - 4_000)..]);
    }

    /// <summary>Waits until it has ended otherwise, and returns what it said.</summary>
    public async Task<string> FailAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(90));
        _process.ExitCode.ShouldNotBe(0);
        return await _output;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task<string> ReadAsync(Process process)
    {
        Task<string> errors = process.StandardError.ReadToEndAsync();
        return await process.StandardOutput.ReadToEndAsync() + await errors;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
