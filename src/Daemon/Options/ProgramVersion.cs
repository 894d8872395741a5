using System.Reflection;

namespace RtpProxy.Daemon.Options;

/// <summary>What <c>-V</c> prints.</summary>
internal static class ProgramVersion
{
    // The version of the original whose behaviour this program has; scripts compare it.
    private const string CompatibleWith = "3.2.0";

    /// <summary>Ours, which is that of all programs and packages built from the same source.</summary>
    public static string Own { get; } = typeof(ProgramVersion).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>The compatible version, a dot, which the original has before its build, and ours.</summary>
    public static string Text { get; } = $"{CompatibleWith}.{Own}";
}
