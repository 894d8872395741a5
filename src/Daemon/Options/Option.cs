using System.Collections.Immutable;

namespace RtpProxy.Daemon.Options;

/// <summary>One option: a row of the <see cref="OptionTable"/>, from which everything is made that knows of options.</summary>
internal sealed record Option
{
    /// <summary>Written behind one dash; null if it has a long name only.</summary>
    public char? Letter { get; init; }

    /// <summary>Written behind two dashes, and the key in a configuration file.</summary>
    public required string Name { get; init; }

    /// <summary>The original's name where it is another; a key as well.</summary>
    public string? OriginalName { get; init; }

    public required OptionGroup Group { get; init; }

    public required OptionValue Value { get; init; }

    /// <summary>What the help calls the argument; null exactly where there never is one.</summary>
    public string? Argument { get; init; }

    /// <summary>For the help: a line or two, without a full stop.</summary>
    public required string Meaning { get; init; }

    /// <summary>What holds without the option, as the help shows it; null if that says itself.</summary>
    public string? Default { get; init; }

    /// <summary>Whether the argument names a place in the file system.</summary>
    public OptionPath Path { get; init; }

    /// <summary>It may be given more than once, and is a list in a configuration file.</summary>
    public bool Repeats { get; init; }

    /// <summary>Takes the argument, which is empty where there is none; returns what is wrong. Null for questions.</summary>
    public Func<OptionReader, string, ValueFault?>? Read { get; init; }

    /// <summary>What a question is answered with; null for the other options.</summary>
    public Func<string>? Answer { get; init; }

    /// <summary>It sets something, so it can stand in a configuration file.</summary>
    public bool IsKey => Value != OptionValue.Question;

    /// <summary>Every long name, the present one first.</summary>
    public ImmutableArray<string> Names => OriginalName is null ? [Name] : [Name, OriginalName];

    /// <summary>As on a command line: <c>-T</c>, or with two dashes if it has no letter.</summary>
    public string Shown => Letter is { } letter ? $"-{letter}" : $"--{Name}";
}
