namespace RtpProxy.Io.Posix.Getopt;

/// <summary>One option of a command line, in the order in which it stands there.</summary>
/// <param name="Code">The letter, the code of a long option, or <see cref="Faulty"/>.</param>
/// <param name="Argument">Its argument; null if it has none. Of a faulty one all of it, as it was written.</param>
/// <param name="Fault">For a faulty one what is wrong with it, in the words of getopt_long(3), without program name.</param>
public readonly record struct ScannedOption(int Code, string? Argument, string? Fault = null)
{
    /// <summary>The code of an option that is unknown, ambiguous, lacks its argument or must not have one.</summary>
    public const int Faulty = -1;

    /// <summary>The code of <c>-?</c>, which everywhere asks for help: it need not be among the letters.</summary>
    public const int Question = '?';
}
