using System.Diagnostics;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Packages.Tests.Roots;

/// <summary>Runs programs of the machine to their end.</summary>
internal static class Programs
{
    private static readonly TimeSpan UsualDeadline = TimeSpan.FromMinutes(1);

    /// <param name="environment">Added to what is there.</param>
    /// <param name="deadline">When it is ended; a minute if nothing is said.</param>
    public static async Task<ProgramResult> RunAsync(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null,
        TimeSpan? deadline = null)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        using CancellationTokenSource end = new(deadline ?? UsualDeadline);
        try
        {
            await process.WaitForExitAsync(end.Token);
            return new(process.ExitCode, await output.WaitAsync(end.Token), await error.WaitAsync(end.Token));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"does not end, or what it started holds its output: {program} {string.Join(' ', arguments)}");
        }
    }
}
