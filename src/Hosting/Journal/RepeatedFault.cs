using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace RtpProxy.Hosting.Journal;

/// <summary>A fault that has been told, and how often it came again.</summary>
/// <remarks>Guarded by the lock of its <see cref="RepeatedFaults"/>.</remarks>
internal sealed class RepeatedFault(LogLevel level, string text)
{
    public LogLevel Level => level;

    /// <summary>Of the line that was told.</summary>
    public string Text => text;

    /// <summary>When it was told, by <see cref="Stopwatch"/>.</summary>
    public long Since { get; } = Stopwatch.GetTimestamp();

    public long Repeats { get; set; }
}
