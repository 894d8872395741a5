namespace RtpProxy.Protocols.Ng.Encodings;

/// <summary>What a value of a message is (ng protocol, 2.1).</summary>
public enum NgValueKind
{
    /// <summary>Nothing: the value of a key that is not there.</summary>
    None,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>A string of bytes.</summary>
    Text,

    /// <summary>A list of values.</summary>
    List,

    /// <summary>A dictionary with strings as keys.</summary>
    Dictionary,
}
