# O que o bot diz em volta das respostas, em português.

as-of = O artigo é de { $date }.
clarify = Não sei ao certo a qual destas você se refere:
either = Duas respostas se aproximam da sua pergunta:
off-topic = Só posso responder a perguntas sobre o artigo, e esta não parece ser uma delas. Você pode perguntar, por exemplo:
help = Faça uma pergunta sobre o artigo, com as suas palavras. Por exemplo:
too-long = É longo demais para mim: pergunte com no máximo { $limit } caracteres.
sources = Fontes
related = Perguntas relacionadas
none-before = Ainda não há uma resposta para explicar.
why-matched = Frase que coincidiu
why-sure = Certeza
why-scores = Pontuações: palavras { $words }, significado { $meaning }, grafia { $spelling }
why-runner-up = Segunda opção
chat-welcome = O Testigo responde a perguntas sobre { $title }. Escreva uma pergunta, ou /help.
chat-help = Pergunte o que quiser sobre o artigo. Um número escolhe uma sugestão. /topics mostra o que se pode perguntar, /why explica a última resposta, /lang en, es ou pt define o idioma (/lang auto: o da pergunta), /quit termina.
chat-unknown-command = Esse comando não existe. /help mostra os que existem.
chat-unknown-language = Não falo esse idioma. Escolha um de: { $languages }.
chat-language-set = Responderei em português.
chat-language-auto = Responderei no idioma de cada pergunta.
chat-goodbye = Até logo.

# Discord: os comandos
command-ask = perguntar
command-ask-description = Faça uma pergunta sobre o artigo
command-topics = temas
command-topics-description = Percorra as perguntas por tema
command-article = artigo
command-article-description = O artigo: a sua ficha, as suas passagens e links para elas
command-figures = números
command-figures-description = Os números do artigo, em imagem e em palavras
command-help = ajuda
command-help-description = O que este bot é e o que não é
command-answer-message = Responder a esta pergunta
option-question = pergunta
option-question-description = A sua pergunta, com as suas palavras ou da lista
option-language = idioma
option-language-description = O idioma da resposta
option-private = privado
option-private-description = Só você vê a resposta
language-name = Português

# Discord: botões
button-sources = Fontes
button-why = Por que esta resposta
button-related = Relacionadas
button-follow-up = Continuar perguntando
button-share = Compartilhar
button-report = Apontar um erro
button-helpful = Útil
button-not-helpful = Não foi útil
button-delete = Apagar
button-none-of-these = Nenhuma destas
button-previous-page = Anterior
button-next-page = Próxima
button-topics = Ver os temas

# Discord: respostas
first-contact = Sou o Testigo, um bot automático: respondo a perguntas sobre um artigo com respostas escritas por pessoas, e mostro a passagem que sustenta cada uma.
closest = O mais próximo no artigo:
sources-of-answer = As passagens que sustentam esta resposta
why-title = Por que esta resposta
why-note = Uma frase é só um modo como alguém poderia perguntar; não é uma afirmação do artigo. A resposta foi escrita por pessoas; o bot só a escolheu.
why-not-shown = uma que é melhor não repetir aqui
related-choose = Escolha uma pergunta
rephrase = Pergunte de novo com outras palavras, o mais concreto que puder: quem, o quê, onde, quando, quantos. /temas mostra o que se pode perguntar.
delete-only-asker = Só quem perguntou pode apagar esta resposta.
thanks-rating = Anotado. Obrigado.
thanks-report = Obrigado. Quem cuida das respostas pode ler o seu aviso.
answer-gone = Esta resposta não está mais na base de conhecimento. Pergunte de novo.
old-button = Este botão é de uma versão anterior. Pergunte de novo.
message-empty = Nessa mensagem não há texto a que eu possa responder.

# Discord: formulários
follow-up-title = Continuar perguntando
follow-up-label = A sua pergunta
follow-up-description = Pode continuar a resposta acima, por exemplo: e as mulheres?
report-title = Apontar um erro
report-reason = O que há de errado nesta resposta?
report-note = Algo a acrescentar? (opcional)
report-note-description = Por favor, não escreva nomes nem outros dados pessoais.
reason-wrong = Está errada
reason-incomplete = Falta algo
reason-outdated = Está desatualizada
reason-offensive = É ofensiva
reason-translation = Está mal traduzida ou redigida

# Discord: percurso
topics-title = O que se pode perguntar
topics-text = Escolha um tema e depois uma pergunta. Ou pergunte com as suas palavras.
topics-choose-topic = Escolha um tema
topics-choose-question = Escolha uma pergunta
article-title = O artigo
article-authors = Por { $authors }
article-published = Publicado em { $date }
article-updated = atualizado em { $date }
article-passages = Passagens { $first } a { $last } de { $count }. p1s2 significa parágrafo 1, frase 2; cada link abre o artigo na passagem.
article-version = Testigo { $program }, base de conhecimento { $knowledge }: { $answers } respostas, { $gaps } perguntas a que o artigo não responde.
figures-none = Não há números deste artigo.
figures-no-picture = Não foi possível desenhar a imagem agora; aqui estão os números em palavras.
help-title = O que é o Testigo
help-is = Um bot automático que responde a perguntas sobre um só artigo: “{ $title }” ({ $outlet }, { $date }). Pessoas escreveram cada resposta e a conferiram com o artigo; nenhuma IA escreve as respostas. Cada resposta mostra a passagem que diz isso. Onde o artigo não diz, eu aviso.
help-is-not = Não sou um buscador nem uma autoridade: só conheço este artigo, na data em que foi publicado. Não posso ajudar você a encontrar uma pessoa. /privacidade diz o que se guarda.
help-how = Como perguntar: /perguntar, uma mensagem direta, ou me mencione em um canal. Em uma mensagem: Aplicativos, “Responder a esta pergunta”. /temas mostra as perguntas, /números os números, /artigo a fonte. Idiomas: { $languages }.

# Discord: quando não funciona
cooldown = Você fez muitas perguntas em pouco tempo. Espere { $seconds } s e pergunte de novo.
busy = Muitas pessoas estão perguntando neste momento. Tente de novo em alguns segundos.
closing = Estou sendo reiniciado. Pergunte de novo em um minuto.
took-too-long = Demorou demais. Pergunte de novo.
went-wrong = Algo deu errado do meu lado. Se você avisar, este código ajuda a encontrar o erro: { $reference }
command-changed = Este comando mudou. Recarregue o Discord e tente de novo.
cannot-write = Não tenho permissão para escrever naquele canal; por isso respondo aqui. Um moderador pode me dar permissão para enviar mensagens lá.

# Discord: configurações
command-settings = configurações
command-settings-description = Como o bot se comporta neste servidor
settings-title = Testigo neste servidor
settings-language = Idioma quando o da pessoa não é conhecido: { $language }
settings-automatic = o do servidor
settings-private-on = Respostas a /perguntar: privadas, a não ser que a pessoa queira o contrário
settings-private-off = Respostas a /perguntar: para todas as pessoas do canal, a não ser que a pessoa queira o contrário
settings-channels = Canais onde se responde a menções: { $channels }
settings-everywhere = todos
settings-keeps-on = As perguntas são guardadas por { $days } dias, sem nomes, para melhorar as respostas. Ao desativar isso, as guardadas até agora são apagadas.
settings-keeps-off = As perguntas não são guardadas, só contadas.
settings-curators = Quem pode revisar: { $role } e quem administra o servidor
settings-curators-none = Quem pode revisar: quem administra o servidor
settings-choose-language = Escolha um idioma
settings-choose-channels = Canais onde se responde a menções (nenhum: todos)
settings-choose-role = Escolha o cargo que pode revisar
settings-make-private = Tornar as respostas privadas
settings-make-public = Mostrar as respostas a todos
settings-keep = Guardar as perguntas
settings-keep-not = Não guardar as perguntas
settings-saved = Salvo.
settings-forbidden = Só quem administra este servidor pode fazer isto.
only-in-server = Isto só funciona num servidor.
store-gone = Isto não pode ser lido nem salvo agora. Tente mais tarde.

# Discord: revisão
command-curate = revisar
command-curate-description = Revise o que se perguntou e não foi respondido
command-review = fila
command-review-description = Percorra as perguntas a revisar
command-retract = retirar
command-retract-description = Retire uma resposta de imediato, em toda parte
command-restore = restaurar
command-restore-description = Volte a dar uma resposta retirada
option-entry = resposta
option-entry-description = A pergunta a que responde
option-reason = motivo
option-reason-description = Por quê; quem perguntar vai ler
curate-title = Pergunta { $number } de { $count } a revisar
curate-empty = Não há nada a revisar.
curate-times = Perguntada { $count } vezes com palavras parecidas.
curate-reasons = Por que está aqui: { $reasons }
curate-note = Nota: { $note }
reason-unanswered = sem resposta
reason-not-helpful = não foi útil
reason-reported = apontada
curate-nearest = Respostas mais próximas
curate-choose = Acrescentar como frase de …
curate-language = A pergunta está em { $language }
curate-entry = Propor uma resposta
curate-gap = Propor uma lacuna
curate-off-topic = Fora do tema
curate-dismiss = Descartar
curate-skip = Pular
curate-drafted = Anotado como rascunho. Nada muda até que alguém o revise e aplique.
curate-report = Apontado: { $reason }
curate-reviewed = Outra pessoa já revisou isto.
curate-dismissed = Descartada.
curate-forbidden = Só quem revisa neste servidor pode fazer isto.
owner-forbidden = Só quem opera este bot pode fazer isto.
no-such-answer = Essa resposta não existe. Escolha uma da lista.
retracted = Retirada. Quem perguntar agora lerá o motivo.
restored = A resposta é dada de novo.
withdrawn = Esta resposta foi retirada em { $date }. Motivo indicado: { $reason }
reload-refused = Os dados alterados foram recusados; continuo respondendo com os anteriores. Motivo: { $reason }

# Discord: estatísticas
command-stats = estatísticas
command-stats-description = O que se perguntou e com que frequência foi possível responder
stats-title = Perguntas dos últimos { $days } dias
stats-none = Nada foi perguntado nos últimos { $days } dias.
stats-by-outcome = Por resultado
stats-by-language = Por idioma
stats-by-day = Por dia
stats-by-entry = O mais perguntado
stats-groups = A revisar, o mais perguntado
stats-asked = perguntas
stats-answered = respondidas
stats-helpful = úteis, das avaliadas
outcome-answer = respondidas
outcome-gap = o artigo não diz
outcome-clarify = foi pedido um esclarecimento
outcome-off-topic = fora do tema
outcome-meta = sobre o bot

# Discord: privacidade
command-privacy = privacidade
command-privacy-description = O que se guarda sobre você e como apagar
privacy-title = O que se guarda
privacy-counts = O que se pergunta é contado por dia, servidor, resultado, resposta e idioma, sem nomes e sem as suas palavras.
privacy-kept-here = As palavras das perguntas feitas aqui são guardadas por { $days } dias, para que pessoas as leiam e melhorem as respostas. E-mails, números longos, menções e links são ocultados; a sua conta é guardada só como um código que não pode ser revertido sem uma chave secreta, que não está no banco de dados. As frases que essas pessoas adotarem como modo de perguntar ficam por mais tempo, sem a sua conta.
privacy-not-kept-here = As palavras das perguntas feitas aqui não são guardadas.
privacy-feedback = O que você diz sobre as respostas (útil, não foi útil) é guardado da mesma forma por { $days } dias onde as palavras são guardadas; nos demais casos, só é contado. Um aviso que você envia é guardado por { $days } dias, para ser lido.
privacy-opted-out = Você optou por não participar: as suas perguntas e o que diz sobre as respostas não são guardados, só contados.
privacy-show = Mostrar os meus dados
privacy-export = Exportar
privacy-delete = Apagar os meus dados
privacy-opt-out = Não guardar nada meu
privacy-opt-in = Voltar a permitir guardar
privacy-agree = Guardar minhas perguntas aqui
privacy-disagree = Não guardar minhas perguntas aqui
privacy-mine = Perguntas guardadas de você: { $questions }. Opiniões sobre respostas: { $feedback }.
privacy-off = “Não guardar nada meu” e “Não guardar minhas perguntas aqui” apagam imediatamente o que foi guardado.
privacy-deleted = Apagado. Nada do que você perguntou e disse até agora continua guardado.
