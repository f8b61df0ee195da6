"""Words of Indonesian as the search compares them: folded, and cut to their stems.

A word whose root is in the list below is cut to it, with the consonant that me- and pe- swallow
(tulis: menulis, penulis, tulisan). All others are cut by Snowball's Indonesian rules, which know
no dictionary and therefore neither find that consonant nor leave alone what only looks like an
affix (bulan, pekan). The list is the place to better the search: a root a line of everyday news.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import snowballstemmer

LONGEST = 40  # characters of a stem
_LONGEST_WORD = 200  # characters of a word that are looked at
_INSIDE_WORDS = re.compile(r"(?<=\w)['’‘ʼ`´](?=\w)")
_WORD = re.compile(r"[^\W_]+(?:['’‘ʼ`´-][^\W_]+)*")
# RW04 is read like RW 04, and 04 like 4.
_PIECE = re.compile(r"[^\W\d_]+|\d+")
_SNOWBALL = snowballstemmer.stemmer("indonesian")

_ROOTS = """
    abdi acara adat adil agama ajak ajar akan aksi aktif alam alami alih alir aman ambil anak
    anggar anggota angkat angkut antar antre arah arisan arsip asah asuh atas atur awas ayam
    baca badan bagi bahas bahaya baik bakar bakti balai bangun banjir bantu baru basmi batas
    batik bawa bayar bayi bebas beda beli benah berani beras beri berita berkah bersih bibit
    bicara bimbing bina bincang bocor bongkar buah buang buat budaya budi buka bukti bulan bumi
    buru butuh cagar cair cantik capai cari catat cegah cek celaka cepat cerdas cerita cetak
    cipta coba cuci cukup curah curi daftar dagang dalam damai damping dapat dapur darah darat
    data datang daun daur daya dekat dengar derita desa didik diri diskusi dongeng donor dorong
    duduk duga duka dukung edar ekonomi evaluasi festival fungsi gabung gagas galang gali ganti
    gelar gerak gerobak giat gizi gotong gudang guna guru gusur hadap hadiah hadir hambat hangat
    harap hari hasil hati hemat henti hias hibah hibur hidup hijau hilang hujan hutan hutang
    ikan iklan ikut imbau imun indah ingat ingin inovasi isi izin jadi jadwal jaga jalan jalin
    jamin jamu janji jaring jasa jawab jelas jembatan jual juang juara jumpa kabar kader kaget
    kaji kamar kampanye kampung kampus kandang kantor karya kawal kawan kebun kejar kelas kelola
    keluar keluarga keluh kelurahan kemas kembali kembang kena kenal kendara keras kering kerja
    kesan kikis kirim kisah kolam kompak kompos konsultasi kontrol koordinasi kopi korban kosong
    kota kreatif kritik kuasa kuat kukuh kukus kuliah kumpul kunci kunjung kupas kurang kuras
    kurban kurir kursi kurus kutip lahan lahir laku lampu lancar langgan langgar lansia lantik
    lapang lapor latih lawan layan lebih ledak lelang lembaga lengkap lepas lestari lihat
    lindung lingkung lintas listrik lomba longsor luas luka lukis lulus lurah main maju makam
    makan maksud malam mampu mandi mandiri manfaat manis masak masuk masyarakat mati menang
    milik mimpi minat minta minum mohon muda mudah mula mulai murah musik musyawarah nikah nilai
    nyala nyaman nyanyi obat olah olahraga operasi orang padam pagar pagi paham pajak pakai
    paksa pamer panas pandu panen pangan panggil panggung panitia panjang panjat pantang pantas
    pantau papar parkir pasang pasar patroli patuh pecah pegang pekan pelan pelihara peluk
    pemerintah pemuda pentas penuh perang peras perempuan periksa peringat perintah perlu persen
    pesan pesta petik petugas pidato pigura pijat piket pikir pilah pilih pimpin pindah pinjam
    pisah polisi pondok posyandu potong praktik produksi proses puasa pugar puji pukul pulang
    pulih pungut pupuk purna pusat pusing puskesmas pustaka putih putra putus rajin ramai rambu
    rapat rasa rawan rawat raya rebut rehat remaja rembuk rencana renovasi resah resmi rias
    ringan rintis riset rombong ronda roti rukun rumah rusak saing saji sakit saksi salur sama
    sambung sambut sampah sampai sandang sapa sapu saran saring sasar sawah sebar sebut
    sederhana sedia sehat sejahtera sekolah selamat selenggara selesai selidik semangat sembako
    sembelih sembuh semprot senam seni sentuh sepak sepeda serah serang seri seru setor sewa
    siaga siap siar sidang sikap silaturahmi simpan sinergi singgah siram sirene sisa sita sopan
    sopir sosialisasi suara suka sukses sulit sumbang sumber sumur sunat sungai suntik surat
    survei susun syukur taat tabung tagih tahan tahu tahun taman tambah tambal tampan tampil
    tampung tanah tanam tanda tandang tanding tandur tangan tanggal tanggap tanggul tanggung
    tangis tangkap tani tanya target tari tarik taruh tata tawar tebang tegak teknik teliti
    teman temu tenaga tendang tentang tenteram tentu tenun tepat terang terbit terima ternak
    tertib terus tewas tiba tidur tilang tindak tinggal tinggi tingkat tinjau tinta tiru titip
    toko tolak tolong tonton topeng tua tugas tukar tular tulis tumbuh tumpang tumpuk tunai
    tunda tunggu tunjuk tuntas tuntut turun tutup tutur uang ubah uji ukir ulang umum undang
    unggah unggul ungkap ungsi untung upacara upaya urus usaha usul utama utang wajib waktu
    warga waris warna warung wirausaha wisata wisuda wujud zakat ziarah
"""
ROOTS = frozenset(_ROOTS.split())

# What stands before a root, and the consonants that it may have swallowed.
_PREFIXES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("", ("",)),
    *((prefix, ("",)) for prefix in ("di", "ke", "se", "ber", "be", "bel", "ter", "te")),
    *((prefix, ("",)) for prefix in ("me", "per", "pe", "pel", "memper", "diper", "ku", "kau")),
    *((prefix, ("",)) for prefix in ("keber", "keter", "berke", "member", "pember", "sepe")),
    *((prefix, ("",)) for prefix in ("menge", "penge", "menter", "penter", "menye", "dike")),
    *((prefix, ("", "p")) for prefix in ("mem", "pem", "kepem")),
    *((prefix, ("", "t")) for prefix in ("men", "pen")),
    *((prefix, ("", "k")) for prefix in ("meng", "peng")),
    *((prefix, ("s",)) for prefix in ("meny", "peny")),
    *((prefix, ("", "p", "t", "k")) for prefix in ("sepem", "sepen", "sepeng")),
)
_SUFFIXES = ("", "kan", "i", "an", "wan", "wati")
_ENDINGS = ("", "nya", "lah", "kah", "pun", "ku", "mu")


def fold(text: str) -> str:
    """Small letters without accents; an apostrophe within a word is dropped (Jum'at: jumat)."""
    plain = _INSIDE_WORDS.sub("", text.casefold())
    if plain.isascii():
        return plain
    whole = unicodedata.normalize("NFKD", plain)
    return "".join(sign for sign in whole if not unicodedata.combining(sign))


def stems(text: str) -> list[str]:
    """The stems of a text in their order; a doubled word (anak-anak) counts once."""
    return [found for word in words(text) for found in stems_of(word)]


def words(text: str) -> list[str]:
    """The words of a text as they stand; those joined by a hyphen are one."""
    return _WORD.findall(unicodedata.normalize("NFC", text))


def each_word(text: str) -> Iterator[re.Match[str]]:
    """The words of a text in normal form C, with their places in it."""
    return _WORD.finditer(text)


@lru_cache(maxsize=65_536)
def stems_of(word: str) -> tuple[str, ...]:
    """The stems of one word: several where a hyphen or a number parts it."""
    if len(word) > _LONGEST_WORD:
        word = word[:_LONGEST_WORD]
    parts = [stem(part.lstrip("0") or part) for part in _PIECE.findall(fold(word))]
    return tuple(dict.fromkeys(parts))


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The stem of one folded word; a number is left as it is."""
    word = word[:LONGEST]
    if word in ROOTS or len(word) < 4 or not word.isalpha():
        return word
    return _root(word) or str(_SNOWBALL.stemWord(word))


def _root(word: str) -> str | None:
    """The longest known root that affixes make into this word; of two, that with less before it
    (berikan is beri, not ikan)."""
    best: tuple[int, int, str] = (0, 0, "")
    for ending in _ENDINGS:
        if not word.endswith(ending):
            continue
        middle = word.removesuffix(ending)
        for suffix in _SUFFIXES:
            if not middle.endswith(suffix):
                continue
            base = middle.removesuffix(suffix)
            for prefix, swallowed in _PREFIXES:
                if not base.startswith(prefix):
                    continue
                rest = base.removeprefix(prefix)
                for consonant in swallowed:
                    root = consonant + rest
                    if root in ROOTS:
                        best = max(best, (len(root), -len(prefix), root))
    return best[2] or None
