using Microsoft.Extensions.Logging;

namespace RtpProxy.Hosting.Journal;

/// <summary>
/// A log in which a fault that repeats is one line, and after a while another that says how often it came again: whoever can
/// cause a fault can cause it a thousand times a second. Faults are lines from Warning up; they are the same if they are the
/// same message with the same reason, of whichever call; where a message has no reason but a stream, of the same stream, and
/// defects, of the same kind.
/// </summary>
/// <remarks>Thread-safe. <see cref="Tell"/> has to be called now and then.</remarks>
/// <param name="interval">For so long a fault is not told again.</param>
/// <param name="time">Tells how old a fault is.</param>
internal sealed class RepeatedFaults(ILogger inner, TimeSpan interval, TimeProvider time) : ILogger
{
    /// <summary>How long a fault is not told again.</summary>
    public static readonly TimeSpan UsualInterval = TimeSpan.FromSeconds(10);

    // Reasons can hold what a peer made up: beyond so many at a time those of one message are told as one.
    private const int MaxReasons = 8;
    private const int MaxStreams = 64; // the same for those of which every stream is told

    private readonly Lock _lock = new();
    private readonly Dictionary<(int Message, string Reason), RepeatedFault> _faults = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        if (logLevel < LogLevel.Warning || IsFirst(logLevel, eventId.Id, state, exception, formatter))
        {
            inner.Log(logLevel, eventId, state, exception, formatter);
        }
    }

    /// <summary>Tells what came again, of faults that are as old as the interval, or of all.</summary>
    public void Tell(bool all = false)
    {
        List<RepeatedFault> told = [];
        lock (_lock)
        {
            foreach (((int Message, string Reason) key, RepeatedFault fault) in _faults)
            {
                if (all || time.GetElapsedTime(fault.Since) >= interval)
                {
                    _faults.Remove(key);
                    told.Add(fault);
                }
            }
        }

        told.ForEach(TellCount);
    }

    private void TellCount(RepeatedFault fault)
    {
        if (fault.Repeats > 0)
        {
            int seconds = (int)Math.Ceiling(time.GetElapsedTime(fault.Since).TotalSeconds);
            Hosting.Log.FaultRepeated(inner, fault.Level, fault.Repeats, seconds, fault.Text);
        }
    }

    private bool IsFirst<TState>(
        LogLevel level, int message, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        string reason = ReasonOf(state, exception, out int most);
        RepeatedFault? old;
        lock (_lock)
        {
            if (!_faults.ContainsKey((message, reason)) && _faults.Keys.Count(key => key.Message == message) >= most)
            {
                reason = "";
            }

            if (_faults.TryGetValue((message, reason), out old) && time.GetElapsedTime(old.Since) < interval)
            {
                old.Repeats++;
                return false;
            }

            _faults[(message, reason)] = new RepeatedFault(level, formatter(state, exception), time.GetTimestamp());
        }

        if (old is not null)
        {
            TellCount(old);
        }

        return true;
    }

    // What tells two faults of one message apart, by the names that messages of this project use.
    private static string ReasonOf<TState>(TState state, Exception? exception, out int most)
    {
        most = MaxReasons;
        string reason = exception is null ? "" : $"{exception.GetType()}|";
        if (state is not IReadOnlyList<KeyValuePair<string, object?>> values)
        {
            return reason;
        }

        string stream = "";
        bool isOfStream = false;
        for (int i = 0; i < values.Count; i++)
        {
            (string name, object? value) = values[i];
            switch (name)
            {
                case "reason" or "Reason" or "target" or "Target" or "socket" or "Socket" or "address" or "Address":
                    reason += $"{value}|";
                    break;
                case "callId" or "CallId" or "actor" or "Actor":
                    stream += $"{value}|";
                    break;
                case "stream" or "Stream":
                    isOfStream = true;
                    stream += $"{value}|";
                    break;
            }
        }

        if (reason.Length > 0 || !isOfStream)
        {
            return reason;
        }

        most = MaxStreams;
        return stream;
    }
}
