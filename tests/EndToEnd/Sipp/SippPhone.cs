using System.Net;
using System.Net.Sockets;
using RtpProxy.EndToEnd.Processes;
using RtpProxy.TestKit;

namespace RtpProxy.EndToEnd.Sipp;

/// <summary>A SIPp process that plays one script of one call.</summary>
public sealed class SippPhone : IAsyncDisposable
{
    private readonly Dialog _dialog;
    private readonly WorkDirectory _directory;
    private readonly ChildProcess _process;
    private readonly TwinSocket _twin;

    private SippPhone(Dialog dialog, WorkDirectory directory, ChildProcess process, TwinSocket twin) =>
        (_dialog, _directory, _process, _twin) = (dialog, directory, process, twin);

    /// <summary>Starts SIPp and returns when its SIP socket is open.</summary>
    /// <param name="local">Address and port of the SIP socket; port 0 leaves it to SIPp.</param>
    /// <param name="proxy">Where the caller sends its requests; null for a callee.</param>
    /// <param name="media">Where SIPp sends media from if the script plays any.</param>
    public static async Task<SippPhone> StartAsync(
        string name,
        SippScript script,
        Dialog dialog,
        IPEndPoint local,
        IPEndPoint? proxy,
        WorkDirectory directory,
        IPEndPoint? media = null)
    {
        string scenario = directory[name + ".xml"];
        await File.WriteAllTextAsync(scenario, script.ToXml());
        var twin = new TwinSocket();
        List<string> arguments =
        [
            "-sf", scenario, "-m", "1", "-cid_str", dialog.CallId, "-key", "target", dialog.Callee.ToString(),
            "-i", local.Address.ToString(), "-ci", "127.0.0.1", "-3pcc", twin.Local.ToString()!,
            "-nostdin", "-timeout", "60s", "-timeout_error",
            "-trace_err", "-error_file", directory[name + ".err"],
            "-trace_msg", "-message_file", directory[name + ".msg"],
        ];
        if (local.Port != 0)
        {
            arguments.AddRange(["-p", local.Port.ToString()]);
        }

        if (media is not null)
        {
            arguments.AddRange(["-mi", media.Address.ToString(), "-mp", media.Port.ToString()]);
        }

        if (proxy is not null)
        {
            arguments.Add(proxy.ToString());
        }

        var phone = new SippPhone(dialog, directory, await ChildProcess.StartAsync(
            name, "sipp", arguments, directory, ("TERM", "dumb")), twin);
        try
        {
            await phone.ConnectAsync();
            return phone;
        }
        catch
        {
            await phone.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until the script comes to this <see cref="SippScript.Report"/> or <see cref="SippScript.PauseAt"/>.</summary>
    /// <returns>The message the phone received last.</returns>
    public async Task<SipText> ReachAsync(string point)
    {
        PhoneReport? report = null;
        await WithinDeadlineAsync($"reach \"{point}\"", async token => report = await _twin.ReadAsync(token));
        report!.Point.ShouldBe(point);
        return report.Message;
    }

    /// <summary>Ends the <see cref="SippScript.PauseAt"/> that the script is in.</summary>
    public Task GoAsync() => WithinDeadlineAsync("go on", token => _twin.GoAsync(_dialog.CallId, token));

    /// <summary>SIPp's own verdict: the script has come to its end, and nothing unexpected was received.</summary>
    public async Task ShouldSucceedAsync()
    {
        int status = await _process.EndAsync();
        if (status != 0)
        {
            throw Failed($"SIPp {_process.Name} ended with status {status}.", null);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _twin.Dispose();
    }

    private async Task ConnectAsync()
    {
        Task connected = WithinDeadlineAsync("connect to its twin socket", _twin.AcceptAsync);
        if (await Task.WhenAny(connected, _process.Ended) != connected)
        {
            throw Failed($"SIPp {_process.Name} ended at its start with status {await _process.Ended}.", null);
        }

        await connected;
    }

    private async Task WithinDeadlineAsync(string what, Func<CancellationToken, Task> action)
    {
        using var deadline = new CancellationTokenSource(Eventually.Deadline);
        try
        {
            await action(deadline.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or EndOfStreamException or SocketException)
        {
            throw Failed($"SIPp {_process.Name} did not {what}: {e.Message}.", e);
        }
    }

    private InvalidOperationException Failed(string what, Exception? inner)
    {
        string errors = _directory[_process.Name + ".err"];
        string messages = _directory[_process.Name + ".msg"];
        return new InvalidOperationException(
            $"{what}\n{(File.Exists(errors) ? File.ReadAllText(errors) : _process.Tail())}\n" +
            (File.Exists(messages) ? File.ReadAllText(messages) : ""),
            inner);
    }
}
