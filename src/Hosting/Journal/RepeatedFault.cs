using Microsoft.Extensions.Logging;

namespace RtpProxy.Hosting.Journal;

/// <summary>A fault that has been told, and how often it came again.</summary>
/// <remarks>Guarded by the lock of its <see cref="RepeatedFaults"/>.</remarks>
/// <param name="since">When it was told, as a time stamp of its clock.</param>
internal sealed class RepeatedFault(LogLevel level, string text, long since)
{
    public LogLevel Level => level;

    /// <summary>Of the line that was told.</summary>
    public string Text => text;

    /// <summary>When it was told, as a time stamp of its clock.</summary>
    public long Since => since;

    public long Repeats { get; set; }
}
