using System.Reflection;

namespace RtpProxy.Tools.CommandLine;

/// <summary>What a command line is answered with instead of doing any work.</summary>
/// <param name="Text">One or more lines.</param>
/// <param name="IsError">The command line is wrong; else the text is what was asked for.</param>
internal sealed record CommandLineAnswer(string Text, bool IsError)
{
    public static CommandLineAnswer Version(string program)
    {
        string version = typeof(CommandLineAnswer).Assembly
            .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
        return new CommandLineAnswer($"{program} {version}", IsError: false);
    }

    /// <summary>Prints it and returns the exit status.</summary>
    public int Print(TextWriter output, TextWriter errors)
    {
        (IsError ? errors : output).WriteLine(Text);
        return IsError ? 1 : 0;
    }
}
