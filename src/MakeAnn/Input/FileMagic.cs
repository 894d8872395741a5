using System.Buffers.Binary;

namespace RtpProxy.MakeAnn.Input;

/// <summary>Kinds of files by the bytes they begin with.</summary>
internal static class FileMagic
{
    private const int TypeOffset = 8; // of the second name in files of the IFF family
    private const int TarOffset = 257;

    /// <summary>Null for bytes that are no known beginning.</summary>
    public static string? KindOf(ReadOnlySpan<byte> start) =>
        AudioKind(start) ?? OtherKind(start) ?? (MpegFrames.Begin(start) ? "MP3" : null);

    /// <summary>What libsndfile reads, if it is in order.</summary>
    private static string? AudioKind(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("RIFF"u8) || start.StartsWith("RIFX"u8))
        {
            return "WAV";
        }

        if (start.StartsWith("RF64"u8) || start.StartsWith("BW64"u8))
        {
            return "RF64";
        }

        if (start.StartsWith("FORM"u8))
        {
            return start.Length >= TypeOffset + 4 && start[TypeOffset..].StartsWith("AIF"u8) ? "AIFF" : "IFF";
        }

        if (start is [(byte)'r', (byte)'i', (byte)'f', (byte)'f', 0x2e, 0x91, 0xcf, 0x11, ..])
        {
            return "W64";
        }

        return KindOfShortName(start) ?? KindOfLongName(start);
    }

    private static string? KindOfShortName(ReadOnlySpan<byte> start) => start switch
    {
        [(byte)'f', (byte)'L', (byte)'a', (byte)'C', ..] => "FLAC",
        [(byte)'O', (byte)'g', (byte)'g', (byte)'S', ..] => "Ogg",
        [(byte)'.', (byte)'s', (byte)'n', (byte)'d', ..] or [(byte)'d', (byte)'n', (byte)'s', (byte)'.', ..] => "AU",
        [(byte)'c', (byte)'a', (byte)'f', (byte)'f', ..] => "CAF",
        [(byte)' ', (byte)'p', (byte)'a', (byte)'f', ..] or [(byte)'f', (byte)'a', (byte)'p', (byte)' ', ..] => "PAF",
        [(byte)'P', (byte)'V', (byte)'F', (byte)'1', ..] => "PVF",
        [(byte)'2', (byte)'B', (byte)'I', (byte)'T', ..] => "AVR",
        [0x64, 0xa3, 0x01 or 0x02 or 0x03 or 0x04, 0x00, ..] or [0x00, 0x01 or 0x02 or 0x03 or 0x04, 0xa3, 0x64, ..] =>
            "IRCAM",
        [0xf0, 0x7e, < 0x80, 0x01, ..] => "SDS",
        // An ID3 tag: version 2.2 to 2.4, and a length of four times seven bits.
        [(byte)'I', (byte)'D', (byte)'3', 2 or 3 or 4, < 0xff, _, < 0x80, < 0x80, < 0x80, < 0x80, ..] => "MP3",
        _ => null,
    };

    private static string? KindOfLongName(ReadOnlySpan<byte> start) =>
        start.StartsWith("NIST_1A"u8) ? "NIST Sphere"
        : start.StartsWith("Creative Voice File"u8) ? "VOC"
        : start.StartsWith("MATLAB 5.0 MAT-file"u8) ? "MATLAB"
        : start.StartsWith("Extended Instrument:"u8) ? "Extended Instrument"
        : start.StartsWith("ALawSoundFile**"u8) ? "WVE"
        : null;

    /// <summary>What nothing here reads, but which is no raw audio either.</summary>
    private static string? OtherKind(ReadOnlySpan<byte> start)
    {
        if (start.Length > 12 && start[4..].StartsWith("ftyp"u8))
        {
            return "MP4";
        }

        if (start.Length > TarOffset && start[TarOffset..].StartsWith("ustar"u8))
        {
            return "tar";
        }

        return start.StartsWith("wvpk"u8) ? "WavPack"
            : start.StartsWith("MAC "u8) ? "Monkey's Audio"
            : start.StartsWith("#!AMR"u8) ? "AMR"
            : start.StartsWith("MThd"u8) ? "MIDI"
            : start.StartsWith("TTA1"u8) ? "TTA"
            : start.StartsWith("%PDF-"u8) ? "PDF"
            : start.StartsWith("PK\x03\x04"u8) ? "ZIP"
            : start.StartsWith("<!DOCTYPE"u8) || start.StartsWith("<!doctype"u8) || start.StartsWith("<html"u8) ? "HTML"
            : KindOfNumber(start);
    }

    private static string? KindOfNumber(ReadOnlySpan<byte> start)
    {
        if (start.Length < 8)
        {
            return null;
        }

        return BinaryPrimitives.ReadUInt32BigEndian(start) switch
        {
            0x1a45dfa3 => "Matroska",
            0x3026b275 => "WMA",
            0x7f454c46 => "ELF",
            0x504d4343 => "MPC",
            _ when start is [0x1f, 0x8b, 0x08, < 0x20, ..] => "gzip",
            _ => null,
        };
    }
}
