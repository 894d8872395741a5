using System.Diagnostics;

namespace RtpProxy.TestKit.Daemon;

/// <summary>Runs a program to its end, with nothing on its standard input.</summary>
public static class ProgramRun
{
    /// <summary>Ends the program if it takes too long; then the status says so.</summary>
    public static async Task<ProgramResult> InAsync(
        WorkingDirectory directory, string program, params IReadOnlyList<string> arguments)
    {
        ProcessStartInfo start = new(program)
        {
            WorkingDirectory = directory.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        using CancellationTokenSource deadline = new(Eventually.Deadline);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        // A descriptor left open in a background process would keep these waiting: that is a failure, not a hang.
        return new(
            process.ExitCode, await output.WaitAsync(Eventually.Deadline), await error.WaitAsync(Eventually.Deadline));
    }
}
