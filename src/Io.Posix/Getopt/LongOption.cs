namespace RtpProxy.Io.Posix.Getopt;

/// <summary>An option written <c>--name</c>.</summary>
/// <param name="Code">What identifies it in a <see cref="ScannedOption"/>; above 255, so that it is no letter.</param>
public readonly record struct LongOption(string Name, ArgumentRule Argument, int Code)
{
    /// <summary>The beginning of another name that is to be enough, whatever else begins so; not told where names are.</summary>
    public bool IsAbbreviation { get; init; }
}
