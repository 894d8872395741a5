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
    private readonly object _gate = new(); // a monitor waits without spinning: a line a call is no reason to keep a processor busy
    private readonly Thread _thread;
    private List<LogEntry> _queue = [];
    private bool _isClosed;
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
        lock (_gate)
        {
            if (_isClosed)
            {
                return; // the program is ending: there is no place left to say anything
            }

            if (_accepted - Interlocked.Read(ref _written) >= Capacity)
            {
                Interlocked.Increment(ref _dropped);
                Interlocked.Increment(ref _lost);
                return;
            }

            _accepted++;
            _queue.Add(entry);
            if (_queue.Count == 1)
            {
                Monitor.Pulse(_gate);
            }
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
        lock (_gate)
        {
            _isClosed = true;
            Monitor.Pulse(_gate);
        }

        if (!_thread.Join(TimeSpan.FromSeconds(2)))
        {
            return;
        }

        foreach (ILogOutput output in _outputs)
        {
            output.Dispose();
        }
    }

    private void Run()
    {
        List<LogEntry> taken = [];
        while (TryTake(ref taken))
        {
            foreach (LogEntry entry in taken)
            {
                Put(entry);
                Interlocked.Increment(ref _written);
                TellDropped(entry.Time);
            }

            taken.Clear();
        }
    }

    /// <summary>Takes all lines that wait, and waits for one if there is none. False at the end.</summary>
    /// <param name="empty">Is what lines are put into from now on.</param>
    private bool TryTake(ref List<LogEntry> empty)
    {
        lock (_gate)
        {
            while (_queue.Count == 0 && !_isClosed)
            {
                Monitor.Wait(_gate);
            }

            (_queue, empty) = (empty, _queue);
            return empty.Count > 0;
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
