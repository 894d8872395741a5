namespace RtpProxy.TestKit.Daemon;

/// <summary>What <c>/proc/PID/stat</c> says of a process; proc(5).</summary>
public static class ProcessStat
{
    /// <summary>The fields behind the name in parentheses, which may hold blanks: the state is the first, the parent the second.</summary>
    /// <returns>Null where there is no such process.</returns>
    public static string[]? Read(int process)
    {
        try
        {
            string text = File.ReadAllText($"/proc/{process}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>A process that nobody has buried yet has ended.</summary>
    public static bool IsAlive(int process) => Read(process) is [not ("Z" or "X"), ..];
}
