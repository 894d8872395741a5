using System.Diagnostics;

namespace RtpProxy.Load;

/// <summary>Starts a relay on the first processor.</summary>
internal static class PinnedProcess
{
    public static Process Start(bool readOutput, string file, params string[] arguments)
    {
        var start = new ProcessStartInfo("taskset")
        {
            RedirectStandardOutput = readOutput,
            RedirectStandardError = false,
            ArgumentList = { "-c", "0", file },
        };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start) ?? throw new InvalidOperationException($"{file} did not start.");
    }

    public static void End(Process process)
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}
