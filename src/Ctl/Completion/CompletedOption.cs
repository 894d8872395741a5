using System.CommandLine;
using RtpProxy.Ctl.Calls;

namespace RtpProxy.Ctl.Completion;

/// <summary>An option as shells complete it.</summary>
/// <param name="Names">With their dashes, the long one first.</param>
/// <param name="Value">What follows it.</param>
/// <param name="Values">All of them, where there are some that can be told.</param>
internal sealed record CompletedOption(
    IReadOnlyList<string> Names, string Description, CompletedValue Value, IReadOnlyList<string> Values)
{
    /// <summary>What a control socket begins with.</summary>
    private static readonly string[] Schemes = ["udp:", "udp6:", "tcp:", "tcp6:", "unix:", "cunix:"];

    public static CompletedOption Of(Option option)
    {
        string[] names = [.. option.Aliases.Prepend(option.Name).Where(name => name.StartsWith('-') && name is not ("-?" or "-h")).Distinct()];
        string description = option.Description ?? "";
        return option.Name switch
        {
            "--socket" => new(names, description, CompletedValue.Socket, Schemes),
            "--admin" => new(names, description, CompletedValue.Socket, ["unix:"]),
            "--sort" => new(names, description, CompletedValue.Word, CallQuery.Sorts),
            "--verdict" => new(names, description, CompletedValue.Word, [.. Verdicts.All]),
            "--root" => new(names, description, CompletedValue.File, []),
            _ => new(names, description, option.ValueType == typeof(bool) || option.ValueType == typeof(void) ? CompletedValue.None : CompletedValue.Word, []),
        };
    }
}
