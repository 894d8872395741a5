using Microsoft.Extensions.Logging;

namespace RtpProxy.Daemon.Running;

/// <summary>What the log keeps of a defect that ends the program: in the background it is all that anybody will see.</summary>
internal static class CrashReport
{
    /// <summary>Logs what went wrong and where: the exception, those it holds, and the methods on the stack, a line each.</summary>
    /// <param name="fault">What was thrown.</param>
    public static void Write(ILogger logger, object fault)
    {
        string[] lines = $"{fault}".Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Log.UnexpectedFault(logger, lines.FirstOrDefault() ?? fault.GetType().Name);
        foreach (string line in lines.Skip(1))
        {
            Log.FaultStack(logger, line);
        }
    }
}
