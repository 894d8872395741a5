using Microsoft.Extensions.Logging;
using RtpProxy.Relay;

namespace RtpProxy.Daemon.Logging;

/// <summary>A finished line and when it was made.</summary>
/// <param name="Text">One line without line end, in the form of <see cref="LogLine"/>.</param>
internal readonly record struct LogEntry(LogLevel Level, Instant Time, string Text);
