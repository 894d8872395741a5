using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using RtpProxy.Admin;
using RtpProxy.Io.Net;

namespace RtpProxy.Hosting.Commands;

/// <summary>Counts commands by what they were and how they ended, and measures how long they took, waiting for their worker included.</summary>
/// <remarks>Thread-safe; commands do not wait for each other here.</remarks>
internal sealed class CommandMeter
{
    private readonly ConcurrentDictionary<(string Command, string Result), StrongBox<long>> _counts = new();

    /// <summary>Of commands of all kinds.</summary>
    public DurationHistogram Durations { get; } = new();

    /// <summary>There are as many as kinds of commands and error codes at the most: neither is a client's text.</summary>
    public IReadOnlyList<CommandCount> Counts =>
    [
        .. _counts
            .Select(entry => new CommandCount(entry.Key.Command, entry.Key.Result, (ulong)Interlocked.Read(ref entry.Value.Value)))
            .OrderBy(count => count.Command, StringComparer.Ordinal).ThenBy(count => count.Result, StringComparer.Ordinal),
    ];

    /// <param name="command">In a word of ours.</param>
    /// <param name="result">And how it ended.</param>
    /// <param name="begun">By <see cref="MonotonicClock"/>.</param>
    public void Count(string command, string result, Relay.Instant begun)
    {
        Durations.Add(MonotonicClock.Now.Nanoseconds - begun.Nanoseconds);
        StrongBox<long> count = _counts.GetOrAdd((command, result), static _ => new StrongBox<long>());
        Interlocked.Increment(ref count.Value);
    }
}
