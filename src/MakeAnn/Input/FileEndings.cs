namespace RtpProxy.MakeAnn.Input;

/// <summary>Endings of names that promise something else than raw samples of 16 bits at 8 kHz.</summary>
internal static class FileEndings
{
    /// <param name="ending">Without its dot, in small letters.</param>
    /// <returns>Null for an ending that says nothing, such as <c>raw</c>, <c>sln</c> and <c>pcm</c>.</returns>
    public static string? KindOf(string ending) => ending switch
    {
        "wav" or "wave" or "bwf" => "WAV",
        "rf64" => "RF64",
        "w64" => "W64",
        "aif" or "aiff" or "aifc" => "AIFF",
        "au" or "snd" => "AU",
        "caf" => "CAF",
        "flac" or "fla" => "FLAC",
        "ogg" or "oga" or "opus" or "spx" => "Ogg",
        "mp3" or "mp2" or "mp1" or "mpga" => "MP3",
        "voc" => "VOC",
        "sf" or "ircam" => "IRCAM",
        "nist" or "sph" => "NIST Sphere",
        "svx" or "8svx" or "iff" => "IFF",
        "paf" => "PAF",
        "pvf" => "PVF",
        "avr" => "AVR",
        "mat" => "MATLAB",
        "xi" => "Extended Instrument",
        "htk" => "HTK",
        "sds" => "SDS",
        "wve" => "WVE",
        "sd2" => "Sound Designer",
        "m4a" or "mp4" or "m4b" or "mov" or "3gp" => "MP4",
        "aac" => "AAC",
        "wma" or "asf" => "WMA",
        "webm" or "mka" or "mkv" => "Matroska",
        "amr" or "awb" => "AMR",
        "ape" => "Monkey's Audio",
        "wv" => "WavPack",
        "mid" or "midi" => "MIDI",
        "ul" or "ulaw" or "mulaw" or "pcmu" => "u-law",
        "al" or "alaw" or "pcma" => "A-law",
        "gsm" => "GSM 06.10",
        "g722" => "G.722",
        "g729" => "G.729",
        "g723" => "G.723.1",
        "vox" => "VOX ADPCM",
        _ => KindOfRate(ending),
    };

    // Asterisk's names for raw audio of other rates than 8 kHz.
    private static string? KindOfRate(string ending) => ending switch
    {
        "sln12" or "sln16" or "sln24" or "sln32" or "sln44" or "sln48" or "sln96" or "sln192" =>
            $"raw {ending[3..]} kHz",
        _ => null,
    };
}
