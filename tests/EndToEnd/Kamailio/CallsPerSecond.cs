using System.Net;
using RtpProxy.EndToEnd.Processes;

namespace RtpProxy.EndToEnd.Kamailio;

/// <summary>Two SIPps that call each other through a proxy all the time: each call is offered anew once and lasts three seconds.</summary>
public sealed class CallsPerSecond : IAsyncDisposable
{
    private readonly string _log;
    private readonly ChildProcess _callee;
    private readonly ChildProcess _caller;

    private CallsPerSecond(string log, ChildProcess callee, ChildProcess caller) => (_log, _callee, _caller) = (log, callee, caller);

    /// <summary>Of the calls that have been offered anew: the relay's address at first and after that.</summary>
    public IReadOnlyList<(IPAddress First, IPAddress Second)> Changed =>
        [.. (File.Exists(_log) ? File.ReadAllText(_log) : "").Split('\n').SkipLast(1) // what is behind the last end of a line is half written
            .Select(line => line.Split(' '))
            .Select(words => (IPAddress.Parse(words[1]), IPAddress.Parse(words[2])))];

    /// <summary>What the caller's SIPp has said, and of it what went wrong.</summary>
    public string Tail => _caller.Tail();

    public static async Task<CallsPerSecond> StartAsync(IPEndPoint proxy, int rate, WorkDirectory directory)
    {
        IPAddress host = Loopback.NextAddress();
        var sip = new IPEndPoint(host, Loopback.FreeUdpPort(host));
        string log = directory["changed.log"];
        ChildProcess callee = await SippAsync("callee", sip, directory);
        ChildProcess caller = await SippAsync(
            "caller", new IPEndPoint(Loopback.NextAddress(), 5060), directory, "-r", $"{rate}", "-key", "target", $"{sip}",
            "-trace_logs", "-log_file", log, "-timeout", "90s", "-timeout_error", "-trace_err", "-error_file", directory["caller.err"], $"{proxy}");
        return new CallsPerSecond(log, callee, caller);
    }

    /// <summary>Begins no more calls, and returns SIPp's verdict when those that there are have ended: 0 if none of all failed.</summary>
    public async Task<int> EndAsync()
    {
        await _caller.SignalAsync("USR1");
        return await _caller.EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _caller.DisposeAsync();
        await _callee.DisposeAsync();
    }

    private static Task<ChildProcess> SippAsync(string name, IPEndPoint local, WorkDirectory directory, params string[] arguments) =>
        ChildProcess.StartAsync(
            name,
            "sipp",
            [
                "-sf", Path.Combine(AppContext.BaseDirectory, "Kamailio", $"stream-{name}.xml"), "-i", $"{local.Address}", "-p", $"{local.Port}",
                "-ci", "127.0.0.1", "-nostdin", .. arguments,
            ],
            directory,
            ("TERM", "dumb"));
}
