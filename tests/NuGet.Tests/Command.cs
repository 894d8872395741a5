using System.Diagnostics;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.NuGet.Tests;

/// <summary>Runs a program that builds: it may take minutes on a busy machine.</summary>
internal static class Command
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(8);

    public static Task<ProgramResult> RunAsync(string folder, string program, params IReadOnlyList<string> arguments) =>
        RunAsync(folder, program, arguments, []);

    public static async Task<ProgramResult> RunAsync(
        string folder, string program, IReadOnlyList<string> arguments, params (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(Deadline);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new(process.ExitCode, await output.WaitAsync(Deadline), await error.WaitAsync(Deadline));
    }

    public static void ShouldSucceed(this ProgramResult result) => result.Status.ShouldBe(0, $"{result.Output}\n{result.Error}");
}
