using System.Diagnostics;

namespace RtpProxy.Ctl.Tests;

/// <summary>Runs <c>rtpproxyctl</c> as a shell would, and keeps what it printed.</summary>
internal sealed record CtlProcess(int ExitCode, string Output, string Errors)
{
    public IReadOnlyList<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static Task<CtlProcess> RunAsync(params string[] arguments) => RunWithInputAsync("", arguments);

    public static async Task<CtlProcess> RunWithInputAsync(string input, params string[] arguments)
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        using Process process = Start(arguments);
        await process.StandardInput.WriteAsync(input.AsMemory(), stop);
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(stop);
        Task<string> errors = process.StandardError.ReadToEndAsync(stop);
        await process.WaitForExitAsync(stop).WaitAsync(TimeSpan.FromSeconds(60), stop);
        return new CtlProcess(process.ExitCode, await output, await errors);
    }

    /// <summary>With a variable in its environment.</summary>
    public static async Task<CtlProcess> RunWithAsync(string variable, string value, params string[] arguments)
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        ProcessStartInfo start = Describe(arguments);
        start.Environment[variable] = value;
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(stop);
        Task<string> errors = process.StandardError.ReadToEndAsync(stop);
        await process.WaitForExitAsync(stop).WaitAsync(TimeSpan.FromSeconds(60), stop);
        return new CtlProcess(process.ExitCode, await output, await errors);
    }

    public static Process Start(params string[] arguments) => Process.Start(Describe(arguments))!;

    private static ProcessStartInfo Describe(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "rtpproxyctl.dll"));
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }
}
