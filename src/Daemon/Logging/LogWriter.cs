using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;
using RtpProxy.Relay;

namespace RtpProxy.Daemon.Logging;

/// <summary>
/// Writes log lines behind the backs of those who log: a bounded queue and one thread, so that a slow terminal or
/// syslog daemon delays nobody. What does not fit is dropped, counted, and told in a line once there is room again.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class LogWriter : IDisposable
{
    private const int Capacity = 8_192;

    private readonly IReadOnlyList<ILogOutput> _outputs;
    private readonly BlockingCollection<LogEntry> _queue = new(Capacity);
    private readonly Thread _thread;
    private long _dropped; // since that was told
    private long _lost;

    // Lines taken on and lines written: equal when everything is out.
    private long _accepted;
    private long _written;

    /// <param name="outputs">Each gets every line; disposed with the writer.</param>
    public LogWriter(params IReadOnlyList<ILogOutput> outputs)
    {
        _outputs = outputs;
        _thread = new Thread(Run) { IsBackground = true, Name = "log" };
        _thread.Start();
    }

    /// <summary>Lines dropped since the start.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Queues a line; never waits.</summary>
    public void Write(in LogEntry entry)
    {
        try
        {
            if (_queue.TryAdd(entry))
            {
                Interlocked.Increment(ref _accepted);
            }
            else
            {
                Interlocked.Increment(ref _dropped);
                Interlocked.Increment(ref _lost);
            }
        }
        catch (InvalidOperationException)
        {
            // The program is ending and the queue is closed: there is no place left to say anything.
        }
    }

    /// <summary>Waits until everything queued so far is written, or the time is over.</summary>
    public void Flush(TimeSpan limit)
    {
        long target = Interlocked.Read(ref _accepted);
        SpinWait.SpinUntil(() => Interlocked.Read(ref _written) >= target, limit);
    }

    /// <summary>Writes what is queued, but does not wait for ever for a reader that has stopped reading.</summary>
    public void Dispose()
    {
        _queue.CompleteAdding();
        if (!_thread.Join(TimeSpan.FromSeconds(2)))
        {
            return;
        }

        foreach (ILogOutput output in _outputs)
        {
            output.Dispose();
        }

        _queue.Dispose();
    }

    private void Run()
    {
        foreach (LogEntry entry in _queue.GetConsumingEnumerable())
        {
            Put(entry);
            Interlocked.Increment(ref _written);
            TellDropped(entry.Time);
        }
    }

    private void TellDropped(Instant time)
    {
        long dropped = Interlocked.Exchange(ref _dropped, 0);
        if (dropped > 0)
        {
            string message = string.Create(
                CultureInfo.InvariantCulture, $"{dropped} log lines were dropped, because they came faster than they could be written");
            Put(new(LogLevel.Warning, time, LogLine.Compose(LogLevel.Warning, new(0, nameof(LogWriter)), null, message, null)));
        }
    }

    private void Put(in LogEntry entry)
    {
        foreach (ILogOutput output in _outputs)
        {
            output.Write(entry);
        }
    }
}
