using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using RtpProxy.TestKit;

namespace RtpProxy.SipEdge.Tests;

/// <summary><c>sipedge</c> as a process of its own, as an operator runs it.</summary>
internal sealed partial class EdgeProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly List<string> _log = [];

    private EdgeProcess(Process process, string path)
    {
        _process = process;
        ConfigurationPath = path;
    }

    public string ConfigurationPath { get; }

    /// <summary>Bytes of memory that it has.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public int ExitCode => _process.ExitCode;

    public IReadOnlyList<string> LogLines
    {
        get
        {
            lock (_log)
            {
                return [.. _log];
            }
        }
    }

    /// <summary>The UDP address that it says it listens on.</summary>
    public IPEndPoint Udp { get; private set; } = new(IPAddress.Any, 0);

    /// <summary>Starts it and waits until it listens.</summary>
    public static async Task<EdgeProcess> StartAsync(string configuration)
    {
        EdgeProcess edge = Launch(configuration);
        string line = await edge.WaitForLogAsync("listening on UDP");
        edge.Udp = IPEndPoint.Parse(Listening().Match(line).Groups[1].Value);
        return edge;
    }

    public static EdgeProcess Launch(string configuration, params string[] arguments)
    {
        string path = Path.Combine(Path.GetTempPath(), $"sipedge-{Guid.NewGuid():N}.json");
        File.WriteAllText(path, configuration);
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "sipedge.dll"));
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.ArgumentList.Add(path);
        var edge = new EdgeProcess(new Process { StartInfo = start }, path);
        edge._process.ErrorDataReceived += (_, line) => edge.Remember(line.Data);
        edge._process.OutputDataReceived += (_, line) => edge.Remember(line.Data);
        edge._process.Start();
        edge._process.BeginErrorReadLine();
        edge._process.BeginOutputReadLine();
        return edge;
    }

    public async Task<string> WaitForLogAsync(string words)
    {
        string? found = null;
        await Eventually.TrueAsync(() =>
            (found = LogLines.FirstOrDefault(line => line.Contains(words, StringComparison.Ordinal))) is not null
            || _process.HasExited);
        return found ?? throw new InvalidOperationException($"'{words}' was not said: {string.Join('\n', LogLines)}");
    }

    public async Task SignalAsync(string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public async Task WaitForExitAsync() => await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await SignalAsync("TERM"); // A killed one would leave the directory of its own relay behind.
            await WaitForExitAsync();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
        File.Delete(ConfigurationPath);
    }

    [GeneratedRegex("listening on UDP ([^,]+),")]
    private static partial Regex Listening();

    private void Remember(string? line)
    {
        if (line is not null)
        {
            lock (_log)
            {
                _log.Add(line);
            }
        }
    }
}
