namespace RtpProxy.Tools.Tests;

/// <summary>What a run left behind on its terminal.</summary>
public sealed record ToolResult(int ExitCode, string Output, string Errors)
{
    public string[] OutputLines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public string[] ErrorLines => Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
