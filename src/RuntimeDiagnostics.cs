using System.Runtime.CompilerServices;

/// <summary>
/// The runtime opens doors for debuggers and profilers when a program starts: a socket and two FIFOs in the directory for
/// temporary files, which stay there when the program is killed. Part of every executable: they are gone before the program
/// does anything, and nobody comes in.
/// </summary>
internal static class RuntimeDiagnostics
{
    // Only the environment can keep the runtime from making them, and it is read before any code of ours runs.
    private const string Switch = "DOTNET_EnableDiagnostics";

    /// <summary>Removes them, unless somebody has asked for them in the environment.</summary>
    [ModuleInitializer]
    internal static void Remove()
    {
        if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Switch)) || !OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            string key = $"{Environment.ProcessId}-{StartOfProcess()}";
            string directory = Path.GetTempPath();
            File.Delete(Path.Combine(directory, $"dotnet-diagnostic-{key}-socket"));
            File.Delete(Path.Combine(directory, $"clr-debug-pipe-{key}-in"));
            File.Delete(Path.Combine(directory, $"clr-debug-pipe-{key}-out"));
        }
        catch (Exception kept) when (kept is IOException or UnauthorizedAccessException)
        {
            // Then they are where they always were, and go with the program.
        }
    }

    // Field 22 of proc_pid_stat(5); the third comes after the name in parentheses.
    private static string StartOfProcess()
    {
        string stat = File.ReadAllText("/proc/self/stat");
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[22 - 3];
    }
}
