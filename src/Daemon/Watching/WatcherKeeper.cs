using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using RtpProxy.Hosting.Admin;
using RtpProxy.Io.Posix.Processes;
using RtpProxy.Lines;

namespace RtpProxy.Daemon.Watching;

/// <summary>
/// Keeps a watcher running beside the daemon: a program of its own that asks what it shows over a connection that it inherits.
/// When it ends, however, it is started again after a pause that grows while it does not last. It ends with its connection, and so
/// with the daemon, however that ends.
/// </summary>
/// <remarks>On the thread pool. Started and stopped by one thread.</remarks>
internal sealed class WatcherKeeper : IAsyncDisposable
{
    private const int MaxErrorLine = 1000;

    private static readonly TimeSpan ReapPause = TimeSpan.FromMilliseconds(20);

    private readonly string _program;
    private readonly IReadOnlyList<string> _arguments;
    private readonly AdminService _admin;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private Task _keeping = Task.CompletedTask;

    /// <param name="program">The full path of the executable.</param>
    /// <param name="arguments">What it is to do; where the relay is, it is told besides.</param>
    /// <param name="admin">Answers it.</param>
    public WatcherKeeper(string program, IReadOnlyList<string> arguments, AdminService admin, ILogger logger)
    {
        _program = program;
        _arguments = ["--node", $"fd:{ChildProcess.ConnectionDescriptor}", .. arguments];
        _admin = admin;
        _logger = logger;
    }

    /// <summary>Before it is started again for the first time.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Pauses double up to this.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>One that lives so long has nothing to do with the ends of those before it.</summary>
    public TimeSpan GoodLife { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>What is left of a watcher whose connection has ended is ended after this time.</summary>
    public TimeSpan EndPatience { get; init; } = TimeSpan.FromMilliseconds(500);

    public void Start() => _keeping = Task.Run(KeepAsync);

    /// <summary>The watcher ends, by itself or soon after; it is not started again.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _keeping.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task KeepAsync()
    {
        TimeSpan pause = FirstPause;
        while (true)
        {
            long start = Stopwatch.GetTimestamp();
            string end = await LiveAsync().ConfigureAwait(false);
            if (_stop.IsCancellationRequested)
            {
                return;
            }

            pause = Stopwatch.GetElapsedTime(start) < GoodLife ? pause : FirstPause;
            Log.WatcherEnded(_logger, end, pause.TotalSeconds);
            await Task.Delay(pause, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            _admin.CountWatcherRestart();
        }
    }

    /// <summary>The life of one watcher.</summary>
    /// <returns>How it ended, for the log.</returns>
    private async Task<string> LiveAsync()
    {
        ChildProcess child;
        try
        {
            child = ChildProcess.Start(_program, _arguments);
        }
        catch (Win32Exception fault)
        {
            return $"{_program} cannot be started: {fault.Message}";
        }

        using (child)
        {
            Log.WatcherStarted(_logger, child.Id);
            Task telling = TellErrorsAsync(child.Errors);
            bool isReading = await _admin.ServeAsync(child.Connection, _stop.Token).ConfigureAwait(false);
            int status = await ReapAsync(child).ConfigureAwait(false);
            await Task.WhenAny(telling, Task.Delay(EndPatience)).ConfigureAwait(false);
            string how = isReading ? "" : ", after it had not read what it asked for";
            return string.Create(CultureInfo.InvariantCulture, $"pid {child.Id} has ended with status {status}{how}");
        }
    }

    private async Task<int> ReapAsync(ChildProcess child)
    {
        long start = Stopwatch.GetTimestamp();
        int? status;
        while ((status = child.TryReap()) is null)
        {
            if (Stopwatch.GetElapsedTime(start) >= EndPatience)
            {
                child.Kill();
            }

            await Task.Delay(ReapPause).ConfigureAwait(false);
        }

        return status.Value;
    }

    private async Task TellErrorsAsync(Socket errors)
    {
        try
        {
            var stream = new NetworkStream(errors, ownsSocket: false);
            await using (stream.ConfigureAwait(false))
            {
                var lines = new LineReader(PipeReader.Create(stream), MaxErrorLine);
                for (MessageRead read = await lines.ReadAsync().ConfigureAwait(false);
                    read.Status != MessageStatus.End;
                    read = await lines.ReadAsync().ConfigureAwait(false))
                {
                    Tell(read.Bytes.Span);
                }
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            // Nobody is left to say anything.
        }
    }

    // Whoever writes lines of a log says by their beginning when they are no more than that.
    private void Tell(ReadOnlySpan<byte> line)
    {
        PeerText text = PeerText.Of(line);
        Log.WatcherSays(_logger, line.StartsWith("info:"u8) ? LogLevel.Information : LogLevel.Warning, text);
    }
}
