using Microsoft.Extensions.Logging;

namespace RtpProxy.Daemon.Options;

/// <summary>The words of <c>-d</c> and of log lines (control protocol, sections 10.2 and 10.7).</summary>
internal static class LogNames
{
    /// <summary>The facilities, for a message.</summary>
    public static string Facilities { get; } = string.Join(" ", Enum.GetNames<SyslogFacility>().Select(name => name.ToUpperInvariant()));

    private const string FacilityPrefix = "LOG_";

    /// <summary>The level of a name in any case; null if there is none.</summary>
    public static LogLevel? FindLevel(string name)
    {
        return name.ToUpperInvariant() switch
        {
            "DBUG" => LogLevel.Debug,
            "INFO" => LogLevel.Information,
            "WARN" => LogLevel.Warning,
            "ERR" => LogLevel.Error,
            "CRIT" => LogLevel.Critical,
            _ => null,
        };
    }

    /// <summary>The facility of a name in any case, with or without the prefix <c>LOG_</c>; null if there is none.</summary>
    public static SyslogFacility? FindFacility(string name)
    {
        string bare = name.StartsWith(FacilityPrefix, StringComparison.OrdinalIgnoreCase)
            ? name[FacilityPrefix.Length..]
            : name;

        // Enum.TryParse alone would also take numbers, lists and blanks.
        return bare.Length > 0 && bare.All(char.IsAsciiLetterOrDigit) && char.IsAsciiLetter(bare[0])
            && Enum.TryParse(bare, ignoreCase: true, out SyslogFacility facility)
            ? facility
            : null;
    }

    /// <summary>The word that log lines begin with.</summary>
    public static string Word(LogLevel level)
    {
        return level switch
        {
            LogLevel.Trace or LogLevel.Debug => "DBUG",
            LogLevel.Information => "INFO",
            LogLevel.Warning => "WARN",
            LogLevel.Error => "ERR",
            _ => "CRIT",
        };
    }
}
