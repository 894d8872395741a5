namespace RtpProxy.Daemon.Options;

/// <summary>What follows an option on the command line, and what its key is set to in a configuration file.</summary>
internal enum OptionValue
{
    /// <summary>Nothing or, behind a long name, <c>=true</c> or <c>=false</c>; <c>true</c> or <c>false</c> in a file.</summary>
    Switch,

    /// <summary>A whole number, in a file without quotation marks.</summary>
    Number,

    /// <summary>A text, in a file in quotation marks.</summary>
    Text,

    /// <summary>A number or a text that is read as one: in a file with or without quotation marks.</summary>
    NumberOrText,

    /// <summary>Nothing or, behind <c>=</c>, a number; <c>true</c>, <c>false</c> or the number in a file.</summary>
    SwitchOrNumber,

    /// <summary>Nothing or, behind <c>=</c>, a text; <c>true</c>, <c>false</c> or the text in a file.</summary>
    SwitchOrText,

    /// <summary>Nothing: something is printed, and the program ends. It is no key of a file.</summary>
    Question,
}
