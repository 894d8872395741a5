namespace RtpProxy.Codecs.Files;

/// <summary>File formats of libsndfile; the values are its <c>SF_FORMAT_*</c> constants.</summary>
public enum AudioContainer
{
    Wav = 0x01_0000,
    Aiff = 0x02_0000,
    Au = 0x03_0000,
    Raw = 0x04_0000,
    Paf = 0x05_0000,
    Svx = 0x06_0000,
    Nist = 0x07_0000,
    Voc = 0x08_0000,
    Ircam = 0x0a_0000,
    W64 = 0x0b_0000,
    Mat4 = 0x0c_0000,
    Mat5 = 0x0d_0000,
    Pvf = 0x0e_0000,
    Xi = 0x0f_0000,
    Htk = 0x10_0000,
    Sds = 0x11_0000,
    Avr = 0x12_0000,
    WavEx = 0x13_0000,
    Sd2 = 0x16_0000,
    Flac = 0x17_0000,
    Caf = 0x18_0000,
    Wve = 0x19_0000,
    Ogg = 0x20_0000,
    Mpc2k = 0x21_0000,
    Rf64 = 0x22_0000,

    /// <summary>MP3 and its older layers.</summary>
    Mpeg = 0x23_0000,
}
