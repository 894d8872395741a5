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

/// <summary>The life of one watcher, from its start to the moment when nothing is left of it.</summary>
/// <remarks>On the thread pool.</remarks>
/// <param name="admin">Answers it.</param>
/// <param name="askPatience">A watcher asks every second, whether somebody looks or not: one that asks nothing for so long hangs.</param>
/// <param name="endPatience">What is left of one whose connection has ended is ended after this time.</param>
/// <param name="onAsked">Called when it asks for the first time, and so serves.</param>
internal sealed class WatcherLife(
    AdminService admin, TimeSpan askPatience, TimeSpan endPatience, Action onAsked, ILogger logger)
{
    private const int MaxErrorLine = 1000;

    private static readonly TimeSpan ReapPause = TimeSpan.FromMilliseconds(20);

    private int _hasAsked;
    private string? _reason;

    /// <param name="program">The full path of the executable.</param>
    /// <param name="stop">Ends its connection, and so itself.</param>
    public async Task<WatcherEnd> LiveAsync(string program, IReadOnlyList<string> arguments, CancellationToken stop)
    {
        ChildProcess child;
        try
        {
            child = ChildProcess.Start(program, arguments);
        }
        catch (Win32Exception fault)
        {
            return new WatcherEnd(null, false, null, $"{program} cannot be started: {fault.Message}");
        }

        using (child)
        {
            Log.WatcherStarted(logger, child.Id);
            Task telling = TellErrorsAsync(child.Errors);
            ClientEnd end = await admin.ServeAsync(child.Connection, askPatience, OnAsked, stop).ConfigureAwait(false);
            if (end == ClientEnd.DidNotAsk)
            {
                child.Kill(); // What hangs does not mind the end of its connection.
            }

            int status = await ReapAsync(child).ConfigureAwait(false);
            await Task.WhenAny(telling, Task.Delay(endPatience, CancellationToken.None)).ConfigureAwait(false);
            return new WatcherEnd(
                status,
                _hasAsked != 0,
                Volatile.Read(ref _reason),
                string.Create(CultureInfo.InvariantCulture, $"pid {child.Id} has ended with status {status}{WordsOf(end)}"));
        }
    }

    private string WordsOf(ClientEnd end) => end switch
    {
        ClientEnd.DidNotRead => ", after it had not read what it asked for",
        ClientEnd.DidNotAsk => string.Create(
            CultureInfo.InvariantCulture, $", after it had not asked anything for {askPatience.TotalSeconds} s, though it asks every second"),
        _ => "",
    };

    private void OnAsked()
    {
        if (Interlocked.Exchange(ref _hasAsked, 1) == 0)
        {
            onAsked();
        }
    }

    private async Task<int> ReapAsync(ChildProcess child)
    {
        long start = Stopwatch.GetTimestamp();
        int? status;
        while ((status = child.TryReap()) is null)
        {
            if (Stopwatch.GetElapsedTime(start) >= endPatience)
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

    // Whoever writes lines of a log says by their beginning when they are no more than that; what a program says under its own
    // name, it ends of, and is told with its end.
    private void Tell(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> ownName = "rtpproxywatch: "u8;
        if (line.StartsWith(ownName))
        {
            Volatile.Write(ref _reason, PeerText.Of(line[ownName.Length..]).ToString());
        }
        else
        {
            PeerText text = PeerText.Of(line);
            Log.WatcherSays(logger, line.StartsWith("info:"u8) ? LogLevel.Information : LogLevel.Warning, text);
        }
    }
}
