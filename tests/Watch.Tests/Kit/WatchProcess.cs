using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Watch.Tests.Kit;

/// <summary>The executable <c>rtpproxywatch</c>, running, with its page at a port that the system chose.</summary>
internal sealed class WatchProcess : IAsyncDisposable
{
    private const string Announcement = "page, metrics and health at ";

    private readonly Process _process;
    private readonly List<string> _said = [];
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;

    private WatchProcess(Process process)
    {
        _process = process;
        _reading = ReadAsync();
    }

    public static string Executable { get; } = Executables.Find("rtpproxywatch", "RtpProxy.Watch");

    public HttpClient Http { get; } = new();

    public Uri Address => Http.BaseAddress!;

    public int Id => _process.Id;

    public string Said
    {
        get
        {
            lock (_said)
            {
                return string.Join('\n', _said);
            }
        }
    }

    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Starts it, and waits until it serves its page.</summary>
    public static async Task<WatchProcess> StartAsync(params IReadOnlyList<string> arguments)
    {
        WatchProcess watch = new(Launch([.. arguments, .. arguments.Contains("--http") ? Array.Empty<string>() : ["--http", "127.0.0.1:0"]]));
        try
        {
            watch.Http.BaseAddress = await watch._address.Task.WaitAsync(Eventually.Deadline);
            return watch;
        }
        catch (Exception e)
        {
            string said = watch.Said;
            await watch.DisposeAsync();
            throw new InvalidOperationException($"it did not serve: {said}", e);
        }
    }

    /// <summary>Starts it for these relays, and waits until it has heard from all of them.</summary>
    public static async Task<WatchProcess> StartAsync(params IReadOnlyList<FakeRelay> relays)
    {
        WatchProcess watch = await StartAsync([.. relays.SelectMany(relay => new[] { "--node", relay.Argument })]);
        await watch.WaitUntilAsync(up: true);
        return watch;
    }

    /// <summary>Runs it to its end.</summary>
    public static Task<ProgramResult> RunAsync(WorkingDirectory directory, params IReadOnlyList<string> arguments) =>
        ProgramRun.InAsync(directory, Executable, arguments);

    /// <summary>Waits until all relays are up, or all are away.</summary>
    public Task WaitUntilAsync(bool up) => Eventually.TrueAsync(
        async () => (await NodesAsync()).All(node => node.GetProperty("up").GetBoolean() == up), $"every relay is {(up ? "up" : "away")}");

    public async Task<JsonElement[]> NodesAsync() => [.. (await GetAsync("/api/nodes")).GetProperty("nodes").EnumerateArray()];

    public async Task<JsonElement> GetAsync(string path) => await Http.GetFromJsonAsync<JsonElement>(path);

    /// <param name="name">Without SIG.</param>
    public async Task SignalAsync(string name)
    {
        using Process kill = Process.Start("/bin/kill", ["-s", name, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public async Task<int> WaitForExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Eventually.Deadline);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        await _reading;
        _process.Dispose();
    }

    private static Process Launch(IReadOnlyList<string> arguments)
    {
        ProcessStartInfo start = new(Executable) { RedirectStandardError = true };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            lock (_said)
            {
                _said.Add(line);
            }

            int announced = line.IndexOf(Announcement, StringComparison.Ordinal);
            if (announced >= 0)
            {
                _address.TrySetResult(new Uri(line[(announced + Announcement.Length)..]));
            }
        }

        _address.TrySetException(new InvalidOperationException("it ended"));
    }
}
