namespace RtpProxy.TestKit.Daemon;

/// <summary>What <c>/proc/PID/stat</c> says of a process; proc(5).</summary>
public static class ProcessStat
{
    /// <summary>The number that proc(5) gives to the first of the fields.</summary>
    public const int FirstField = 3;

    /// <summary>The fields behind the name in parentheses, which may hold blanks: the state is the first, the parent the second.</summary>
    /// <param name="process">Its number; of a thread <c>PID/task/TID</c>.</param>
    /// <exception cref="IOException">There is no such process.</exception>
    public static string[] FieldsOf(string process)
    {
        string text = File.ReadAllText($"/proc/{process}/stat");
        return text[(text.LastIndexOf(')') + 2)..].Split(' ');
    }

    /// <summary>The same.</summary>
    /// <returns>Null where there is no such process.</returns>
    public static string[]? Read(int process)
    {
        try
        {
            return FieldsOf($"{process}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>A process that nobody has buried yet has ended.</summary>
    public static bool IsAlive(int process) => Read(process) is [not ("Z" or "X"), ..];
}
